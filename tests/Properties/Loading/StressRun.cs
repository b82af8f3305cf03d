using Xunit;

namespace FastCache.Tests.Properties.Loading;

/// <summary>
/// Threads that load keys, and threads that write the source of the values and then invalidate: no value that is older than an
/// invalidation is ever read after it.
/// </summary>
/// <remarks>
/// The source knows a version a key. Who changes it holds the key's lock until the invalidation is done, as otherwise two
/// invalidations could overtake each other; loads take no lock.
/// </remarks>
internal sealed class StressRun(StressSetup setup) : IDisposable
{
    private const int Threads = 4;
    private const int Steps = 1500;
    private const int Keys = 3;
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(30);

    private readonly Cache<int, int> _cache = setup.Create();
    private readonly Lock[] _locks = [.. Enumerable.Range(0, Keys).Select(static _ => new Lock())];
    private readonly int[] _source = new int[Keys];

    // The versions whose invalidations are done.
    private readonly int[] _settled = new int[Keys];

    public static void Run(StressSetup setup)
    {
        using var run = new StressRun(setup);
        Task[] tasks = [.. Enumerable.Range(0, Threads).Select(thread => Task.Factory.StartNew(
            () => run.Work(new Random((setup.Seed * Threads) + thread)),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default))];
        Assert.True(Task.WhenAll(tasks).Wait(Hang), "a thread hangs");
        run.VerifyEnd();
    }

    public void Dispose() => _cache.Dispose();

    private void Work(Random random)
    {
        var loads = new List<Task>();
        for (int step = 0; step < Steps; step++)
        {
            int key = random.Next(Keys);
            switch (random.Next(12))
            {
                case 0 or 1 or 2:
                    Load(key, random.Next(8));
                    break;
                case 3 or 4 or 5:
                    loads.Add(LoadAsync(key, random.Next(8)));
                    break;
                case 6:
                    Invalidate(key, version => Assert.True(_cache.Set(key, version)));
                    break;
                case 7 or 8:
                    Invalidate(key, _ => _cache.TryRemove(key));
                    break;
                case 9 when random.Next(20) == 0:
                    Invalidate(key, _ => _cache.Clear());
                    break;
                case 10 when random.Next(4) == 0:
                    _cache.Trim(2);
                    break;
                default:
                    _cache.Set(Keys + random.Next(setup.Others), 0);
                    break;
            }
        }

        Assert.True(Task.WhenAll(loads).Wait(Hang), "a load hangs");
    }

    private void Invalidate(int key, Action<int> invalidate)
    {
        lock (_locks[key])
        {
            int version = Interlocked.Increment(ref _source[key]);
            invalidate(version);
            Volatile.Write(ref _settled[key], version);
            VerifyContent(key, version);
        }
    }

    private void Load(int key, int pause)
    {
        int settled = Volatile.Read(ref _settled[key]);
        try
        {
            VerifyRead(key, settled, _cache.GetOrAdd(key, _ => Read(key, pause)));
        }
        catch (InvalidDataException)
        {
            // As the source says.
        }
    }

    private async Task LoadAsync(int key, int pause)
    {
        int settled = Volatile.Read(ref _settled[key]);
        try
        {
            VerifyRead(key, settled, await _cache.GetOrAddAsync(key, async (_, _) =>
            {
                int version = Volatile.Read(ref _source[key]);
                await Task.Yield();
                return pause == 0 ? throw new InvalidDataException() : version;
            }).ConfigureAwait(false));
        }
        catch (InvalidDataException)
        {
            // As the source says.
        }
    }

    private int Read(int key, int pause)
    {
        int version = Volatile.Read(ref _source[key]);
        Thread.SpinWait(pause * 50);
        return pause == 0 ? throw new InvalidDataException() : version;
    }

    private static void VerifyRead(int key, int settled, int version)
        => Assert.True(version >= settled, $"{key} is {version}, older than {settled}, whose invalidation was over");

    private void VerifyContent(int key, int version)
        => Assert.True(
            !_cache.TryPeek(key, out int found) || found == version,
            $"{key} is {found} after the invalidation of what came before {version}");

    private void VerifyEnd()
    {
        var watchdog = new Watchdog(Hang);
        var wait = default(SpinWait);
        while (_cache.LoadsInProgress > 0)
        {
            Assert.False(watchdog.HasNoPatience, "a load in the background hangs");
            wait.SpinOnce();
        }

        for (int key = 0; key < Keys; key++)
        {
            VerifyContent(key, _source[key]);
        }

        _cache.AssertConsistent();
    }
}
