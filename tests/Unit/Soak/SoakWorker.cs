using FastCache.Tests.Unit.TestTypes;

namespace FastCache.Tests.Unit.Soak;

/// <summary>One thread that uses the caches in every way.</summary>
internal sealed class SoakWorker(SoakRun run, Random random)
{
    /// <summary>Steps that are taken in one go.</summary>
    public const int Shift = 50;

    private readonly List<Task> _loads = [];

    /// <summary>Works in the present generation until enough is done, or until it is disposed.</summary>
    public void WorkShift()
    {
        SoakGeneration generation = run.Enter();
        try
        {
            var leases = new SoakLeases(generation, random);
            for (int step = 0; step < Shift; step++)
            {
                if (step % 4 == 0)
                {
                    leases.Step();
                }
                else
                {
                    Step(generation, generation.Values, random.Next(SoakSetup.Keys));
                }
            }

            generation.AssertWithinLimit();
        }
        catch (ObjectDisposedException)
        {
            // The next shift has new caches.
        }
        finally
        {
            Task.WhenAll(_loads).GetAwaiter().GetResult();
            _loads.Clear();
            generation.Leave();
        }
    }

    private void Step(SoakGeneration generation, Cache<int, SoakValue> cache, int key)
    {
        switch (random.Next(24))
        {
            case < 6:
                See(key, cache.TryGet(key, out SoakValue? got), got);
                break;
            case 6:
                See(key, cache.TryPeek(key, out SoakValue? seen), seen);
                break;
            case 7:
                foreach ((int found, SoakValue value) in cache.GetMany([key, key + 1, key + 2]))
                {
                    value.SeeIn(found);
                }

                break;
            case 8:
                _ = cache.Touch(key) && cache.ContainsKey(key) && cache.TimeToLive(key) is not null;
                break;
            case < 13:
                Write(generation, cache, key, random.Next(6));
                break;
            case 13:
                cache.AddOrUpdate(key, generation.MakeValue(key), (_, _) => generation.MakeValue(key)).Validate(key);
                break;
            case 14:
                See(key, cache.TryRemove(key, out SoakValue? removed), removed);
                break;
            case 15:
                if (cache.TryPeek(key, out SoakValue? present))
                {
                    cache.TryRemove(KeyValuePair.Create(key, present));
                }

                break;
            case 16:
                cache.RemoveMany([key, key + 3]);
                break;
            case 17:
                cache.TrySetExpiry(key, Lifetime());
                break;
            case < 20:
                Load(generation, cache, key);
                break;
            case < 23:
                _loads.Add(LoadAsync(generation, cache, key, random.Next(8)));
                break;
            default:
                _loads.Add(LoadManyAsync(generation, cache, key));
                break;
        }
    }

    private void Write(SoakGeneration generation, Cache<int, SoakValue> cache, int key, int way)
    {
        SoakValue value = generation.MakeValue(key);
        bool isKept = way switch
        {
            0 => cache.Set(key, value, Lifetime()),
            1 => cache.TryAdd(key, value),
            2 => cache.TryUpdate(key, value),
            3 => cache.TryPeek(key, out SoakValue? present) && cache.TryUpdate(key, value, present),
            4 => cache.SetMany([new(key, value)]) == 1,
            _ => cache.Set(key, value),
        };
        See(key, isKept, value);
    }

    private void Load(SoakGeneration generation, Cache<int, SoakValue> cache, int key)
    {
        bool fails = random.Next(8) == 0;
        try
        {
            cache.GetOrAdd(key, made => fails ? throw new InvalidDataException() : generation.MakeValue(made)).Validate(key);
        }
        catch (InvalidDataException)
        {
            // As the factory says, this one or the one of whoever loads the key at the same time.
        }
    }

    private static async Task LoadAsync(SoakGeneration generation, Cache<int, SoakValue> cache, int key, int way)
    {
        using var caller = new CancellationTokenSource();
        try
        {
            ValueTask<SoakValue> load = cache.GetOrAddAsync(
                key,
                async (made, _) =>
                {
                    await Task.Yield();
                    return way == 0 ? throw new InvalidDataException() : generation.MakeValue(made);
                },
                caller.Token);
            if (way == 1)
            {
                await caller.CancelAsync().ConfigureAwait(false);
            }

            (await load.ConfigureAwait(false)).Validate(key);
        }
        catch (Exception expected) when (expected is InvalidDataException or OperationCanceledException or ObjectDisposedException)
        {
            // Planned, or the cache is gone.
        }
    }

    private static async Task LoadManyAsync(SoakGeneration generation, Cache<int, SoakValue> cache, int key)
    {
        try
        {
            Dictionary<int, SoakValue> values = await cache.GetOrAddManyAsync([key, key + 1, key + 2], async (absent, _) =>
            {
                await Task.Yield();
                return absent.Select(made => KeyValuePair.Create(made, generation.MakeValue(made)));
            }).ConfigureAwait(false);
            foreach ((int found, SoakValue value) in values)
            {
                value.Validate(found);
            }
        }
        catch (Exception expected) when (expected is InvalidDataException or ObjectDisposedException)
        {
            // Somebody else's load has failed, or the cache is gone.
        }
    }

    private static void See(int key, bool isIn, SoakValue? value)
    {
        if (isIn)
        {
            value!.SeeIn(key);
        }
    }

    private EntryOptions Lifetime() => random.Next(3) switch
    {
        0 => ExpiringCache.For(random.Next(1, 20) * ExpiringCache.Tick),
        1 => ExpiringCache.Idle(random.Next(1, 20) * ExpiringCache.Tick),
        _ => default,
    };
}
