using FastCache.Tests.Unit.TestTypes;

namespace FastCache.Tests.Unit.Journaling;

/// <summary>What loads write down: values that are kept, and removals where they are refused. What is not kept for another reason is not.</summary>
internal static class LoadCases
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    public static IEnumerable<JournalCase> All
        => Cases.Concat(CasesOverOldValues).Select(static each => each with { IsLoad = true }).Concat(CasesWithWrites);

    private static IEnumerable<JournalCase> Cases =>
    [
        new("GetOrAdd of an absent key", run => run.Cache.GetOrAdd(1, _ => "l"), "put 1 = l"),
        new("GetOrAdd with a state", run => run.Cache.GetOrAdd(1, (_, state) => state, "l"), "put 1 = l"),
        new("GetOrAdd with options", run => run.Cache.GetOrAdd(1, _ => "l", ExpiringCache.For(Hour)), "put 1 = l"),
        new("GetOrAdd of a present key", run => run.Cache.GetOrAdd(1, _ => "l")) { Given = JournalCase.Present },
        new("GetOrAdd of an evicted key", run => run.Cache.GetOrAdd(1, _ => "l"), "put 1 = l") { Given = JournalCase.Evicted },
        new("GetOrAdd, expired at once", run => run.Cache.GetOrAdd(1, _ => "l", JournaledCache.AtOnce), "remove 1"),
        new("GetOrAdd whose factory throws", run => Fail(() => run.Cache.GetOrAdd(1, _ => throw new InvalidDataException()))),
        new("GetOrAddAsync of an absent key", run => Await(run.Cache.GetOrAddAsync(1, (_, _) => new ValueTask<string>("l"))), "put 1 = l"),
        new("GetOrAddAsync of a present key", run => Await(run.Cache.GetOrAddAsync(1, (_, _) => new ValueTask<string>("l")))) { Given = JournalCase.Present },
        new("GetOrAddAsync that ends later", run => Await(run.Cache.GetOrAddAsync(1, async (_, _) => await LaterAsync("l"))), "put 1 = l"),
        new("GetOrAddAsync, expired at once", run => LoadWith(run, static context => context.Entry = JournaledCache.AtOnce), "remove 1"),
        new("GetOrAddAsync that is not to be kept", run => LoadWith(run, static context => context.KeepsResult = false)),
        new("GetOrAddAsync whose factory throws", run => Fail(() => LoadWith(run, static _ => throw new InvalidDataException()))),
        new("GetOrAddManyAsync", run => LoadMany(run, [1, 2, 3], keys => keys), "put 1 = l1", "put 3 = l3") { Given = static run => run.Cache.Set(2, "b") },
        new("GetOrAddManyAsync that brings some", run => LoadMany(run, [1, 2, 3], keys => keys.Skip(2)), "put 3 = l3"),
        new("GetOrAddManyAsync whose factory throws", run => Fail(() => LoadMany(run, [1, 2, 3], _ => throw new InvalidDataException()))),
    ];

    private static IEnumerable<JournalCase> CasesOverOldValues =>
    [
        new("Refresh in the background", run => run.Cache.GetOrAdd(1, _ => "l"), "put 1 = l") { Given = Due, Configure = Refreshing },
        new("Refresh that is refused", run => LoadWith(run, static context => context.Entry = JournaledCache.AtOnce), "remove 1") { Given = Due, Configure = Refreshing },
        new("Refresh that is not to be kept", run => LoadWith(run, static context => context.KeepsResult = false)) { Given = Due, Configure = Refreshing },
        new("Refresh that fails", run => run.Cache.GetOrAdd(1, _ => throw new InvalidDataException())) { Given = Due, Configure = Refreshing },
        new("Refresh that answers: not modified", run => Confirm(run), "put 1 = a") { Given = Due, Configure = Refreshing },
        new("Load over a stale value", run => run.Cache.GetOrAdd(1, _ => "l"), "put 1 = l") { Given = JournalCase.Expired, Configure = Saving },
        new("Load over a stale value, refused", run => run.Cache.GetOrAdd(1, _ => "l", JournaledCache.AtOnce), "remove 1") { Given = JournalCase.Expired, Configure = Saving },
        new("Load over a stale value that saves it", run => run.Cache.GetOrAdd(1, _ => throw new InvalidDataException())) { Given = JournalCase.Expired, Configure = Saving },
        new("Load over a stale value, not modified", run => Confirm(run), "put 1 = a") { Given = JournalCase.Expired, Configure = Saving },
    ];

    // The last word is that of the write.
    private static IEnumerable<JournalCase> CasesWithWrites =>
    [
        new("Load of a key that is written meanwhile", run => run.Cache.GetOrAdd(1, key => Do(() => run.Cache.Set(key, "w"))), "put 1 = w"),
        new("Load of a key that is removed meanwhile", run => run.Cache.GetOrAdd(1, key => Do(() => run.Cache.TryRemove(key))), "remove 1"),
        new("Load in a cache that is cleared meanwhile", run => run.Cache.GetOrAdd(1, _ => Do(run.Cache.Clear)), "clear"),
        new("Load over a stale value that is written meanwhile", run => run.Cache.GetOrAdd(1, key => Do(() => run.Cache.Set(key, "w"))), "put 1 = w")
        {
            Given = JournalCase.Expired,
            Configure = Saving,
        },
        new("TryRemove of a stale value", run => run.Cache.TryRemove(1), "remove 1") { Given = JournalCase.Expired, Configure = Saving },
        new("TryUpdate of a stale value", run => run.Cache.TryUpdate(1, "n"), "remove 1") { Given = JournalCase.Expired, Configure = Saving },
        new("TryRemove of a stale pair", run => run.Cache.TryRemove(new KeyValuePair<int, string>(1, "a")), "remove 1") { Given = JournalCase.Expired, Configure = Saving },
        new("Set over a stale value", run => run.Cache.Set(1, "n"), "put 1 = n") { Given = JournalCase.Expired, Configure = Saving },
    ];

    private static void Refreshing(CacheOptions<int, string> options)
        => options.Loading = new LoadOptions { EagerRefreshThreshold = 0.5 };

    private static void Saving(CacheOptions<int, string> options)
        => options.Loading = new LoadOptions { FailSafeMaxDuration = TimeSpan.FromDays(1) };

    private static void Due(JournaledCache run)
    {
        run.Cache.Set(1, "a", ExpiringCache.For(Hour));
        run.Time.Advance(0.6 * Hour);
    }

    private static void LoadWith(JournaledCache run, Action<LoadContext<int, string>> decide)
        => Await(run.Cache.GetOrAddAsync(1, context =>
        {
            decide(context);
            return new ValueTask<string>("l");
        }));

    private static void Confirm(JournaledCache run)
        => Await(run.Cache.GetOrAddAsync(1, static context => new ValueTask<string>(context.PreviousValue!)));

    private static void LoadMany(JournaledCache run, int[] keys, Func<IEnumerable<int>, IEnumerable<int>> choose)
        => run.Cache.GetOrAddManyAsync(
            keys, (absent, _) => new([.. choose(absent).Select(static key => KeyValuePair.Create(key, $"l{key}"))])).AsTask().GetAwaiter().GetResult();

    private static string Do(Action action)
    {
        action();
        return "l";
    }

    private static void Await(ValueTask<string> load) => load.AsTask().GetAwaiter().GetResult();

    private static async Task<string> LaterAsync(string value)
    {
        await Task.Yield();
        return value;
    }

    private static void Fail(Action load)
    {
        try
        {
            load();
        }
        catch (InvalidDataException)
        {
        }
    }
}
