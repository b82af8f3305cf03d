using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Loading;

/// <summary>
/// However a load came about, what is written or removed while it runs is the last word: the load's callers get its value, the
/// cache does not keep it.
/// </summary>
public sealed class InvalidationBeatsLoadTests
{
    /// <summary>What may happen to a key.</summary>
    public enum Change
    {
        Set,
        SetWithOptions,
        SetMany,
        SetRefused,
        TryAdd,
        TryAddRefused,
        TryUpdate,
        TryUpdateIfEqual,
        AddOrUpdate,
        AddOrUpdateRefused,
        TryRemove,
        TryRemovePair,
        RemoveMany,
        SetExpiryInThePast,
        Clear,
    }

    public static TheoryData<CacheShape, LoadMode, Change> All
        => [.. from shape in Enum.GetValues<CacheShape>()
               from mode in Enum.GetValues<LoadMode>()
               from change in Enum.GetValues<Change>()
               where Concerns(change, mode)
               select (shape, mode, change)];

    [Theory(Timeout = Wait.Watchdog)]
    [MemberData(nameof(All))]
    public async Task An_invalidation_during_a_load_wins(CacheShape shape, LoadMode mode, Change change)
    {
        await Wait.LeaveRunner();
        if (shape == CacheShape.Boxed)
        {
            await RunAsync(shape, mode, change, static text => new Wide(text.Length, 2, text));
        }
        else
        {
            await RunAsync(shape, mode, change, static text => text);
        }
    }

    private static async Task RunAsync<TValue>(CacheShape shape, LoadMode mode, Change change, Func<string, TValue> valueOf)
    {
        using var load = new LoadUnderWay<TValue>(mode, valueOf("old"), options => Shapes.Configure(options, shape));
        load.Begin();

        bool isPresent = Apply(load, change, valueOf, shape == CacheShape.Weighed);
        load.Cache.AssertConsistent();
        TValue got = await load.EndAsync(valueOf("loaded"));

        Assert.Equal(load.HasWaiter ? valueOf("loaded") : valueOf("old"), got);
        Assert.Equal(isPresent ? (true, valueOf("new")) : (false, default), load.Held());
        Assert.Equal(isPresent ? 1 : 0, load.Cache.Count);
        load.Cache.AssertConsistent();
    }

    /// <summary>What would find the key as it likes it, or says that what there is, or comes, is out of date.</summary>
    private static bool Concerns(Change change, LoadMode mode)
        => mode == LoadMode.EagerRefresh
            ? change is not (Change.TryAdd or Change.TryAddRefused)
            : change != Change.SetExpiryInThePast;

    /// <summary>Makes the change; whether the key is present with the new value then.</summary>
    private static bool Apply<TValue>(LoadUnderWay<TValue> load, Change change, Func<string, TValue> valueOf, bool isWeighed)
    {
        const int Key = LoadUnderWay<TValue>.Key;
        Cache<int, TValue> cache = load.Cache;
        (TValue old, TValue added) = (valueOf("old"), valueOf("new"));
        TValue refused = isWeighed ? valueOf(Shapes.TooHeavy) : added;
        EntryOptions options = isWeighed ? default : new EntryOptions { ExpireAt = DateTimeOffset.UnixEpoch };
        switch (change)
        {
            case Change.Set:
                return cache.Set(Key, added);
            case Change.SetWithOptions:
                return cache.Set(Key, added, ExpiringCache.For(TimeSpan.FromDays(1)));
            case Change.SetMany:
                return cache.SetMany([KeyValuePair.Create(Key, added)]) == 1;
            case Change.SetRefused:
                return cache.Set(Key, refused, options);
            case Change.TryAdd:
                return cache.TryAdd(Key, added);
            case Change.TryAddRefused:
                return cache.TryAdd(Key, refused, options);
            case Change.TryUpdate:
                Assert.Equal(load.HasFresh, cache.TryUpdate(Key, added));
                return load.HasFresh;
            case Change.TryUpdateIfEqual:
                Assert.Equal(load.HasFresh, cache.TryUpdate(Key, added, old));
                return load.HasFresh;
            case Change.AddOrUpdate:
                cache.AddOrUpdate(Key, added, (_, _) => added);
                return true;
            case Change.AddOrUpdateRefused:
                cache.AddOrUpdate(Key, refused, (_, _) => refused);
                return !isWeighed;
            case Change.TryRemove:
                Assert.Equal(load.HasFresh, cache.TryRemove(Key));
                return false;
            case Change.TryRemovePair:
                Assert.Equal(load.HasFresh, cache.TryRemove(KeyValuePair.Create(Key, old)));
                return false;
            case Change.RemoveMany:
                Assert.Equal(load.HasFresh ? 1 : 0, cache.RemoveMany([Key]));
                return false;
            case Change.SetExpiryInThePast:
                Assert.False(cache.TrySetExpiry(Key, new EntryOptions { ExpireAt = DateTimeOffset.UnixEpoch }));
                return false;
            default:
                cache.Clear();
                return false;
        }
    }
}
