using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Loading;

/// <summary>What the cache does on its own account, to have room or because time has passed, does not make a load out of date.</summary>
public sealed class LoadCommitsTests
{
    private const int Others = 2000;

    /// <summary>What may happen to the entry that a load is to replace, and to its table.</summary>
    public enum Change
    {
        Nothing,
        Expires,
        IsTrimmed,
        IsPushedOut,
        TableGrows,
        TableShrinks,
        OthersAreWritten,
        ExpiryIsProlonged,
    }

    public static TheoryData<CacheShape, LoadMode, Change> All
        => [.. from shape in new[] { CacheShape.Plain, CacheShape.Boxed, CacheShape.Weighed }
               from mode in Enum.GetValues<LoadMode>()
               from change in Enum.GetValues<Change>()
               select (shape, mode, change)];

    public static TheoryData<LoadMode> Modes => [.. Enum.GetValues<LoadMode>()];

    [Theory(Timeout = Wait.Watchdog)]
    [MemberData(nameof(All))]
    public async Task A_load_is_kept_whatever_becomes_of_the_old_value(CacheShape shape, LoadMode mode, Change change)
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

    [Theory(Timeout = Wait.Watchdog)]
    [MemberData(nameof(Modes))]
    public async Task A_load_is_kept_where_all_keys_collide(LoadMode mode)
    {
        await Wait.LeaveRunner();
        using var load = new LoadUnderWay<string>(mode, "old", options => Shapes.Configure(options, CacheShape.Colliding));
        load.Cache.Set(1, "other");
        load.Begin();

        Assert.Equal("mine", load.Cache.GetOrAdd(2, _ => "mine"));
        Assert.Equal(load.HasWaiter ? "loaded" : "old", await load.EndAsync("loaded"));

        Assert.Equal((true, "loaded"), load.Held());
        Assert.True(load.Cache.TryGet(2, out string? second));
        Assert.Equal("mine", second);
        load.Cache.AssertConsistent();
    }

    private static async Task RunAsync<TValue>(CacheShape shape, LoadMode mode, Change change, Func<string, TValue> valueOf)
    {
        using var load = new LoadUnderWay<TValue>(mode, valueOf("old"), options => Shapes.Configure(options, shape));
        if (change == Change.TableShrinks)
        {
            Fill(load.Cache, valueOf("other"));
        }

        load.Begin();

        Apply(load, change, valueOf);
        load.Cache.AssertConsistent();
        TValue got = await load.EndAsync(valueOf("loaded"));

        Assert.Equal(load.HasWaiter ? valueOf("loaded") : valueOf("old"), got);
        Assert.Equal((true, valueOf("loaded")), load.Held());
        Assert.Single(load.Cache, entry => entry.Key == LoadUnderWay<TValue>.Key);
        load.Cache.AssertConsistent();
    }

    private static void Apply<TValue>(LoadUnderWay<TValue> load, Change change, Func<string, TValue> valueOf)
    {
        Cache<int, TValue> cache = load.Cache;
        bool isFresh = load.HasFresh;
        switch (change)
        {
            case Change.Expires:
                load.Time.AdvanceAtOnce(TimeSpan.FromHours(2));
                cache.TrimExpired();
                Assert.Equal(0, cache.Count);
                break;
            case Change.IsTrimmed:
                cache.Trim(10);
                Assert.Equal(0, cache.Count);
                break;
            case Change.IsPushedOut:
                Fill(cache, valueOf("other"));
                cache.Trim(Others + 1);
                Assert.Equal(0, cache.Count);
                break;
            case Change.TableGrows:
                Fill(cache, valueOf("other"));
                Assert.InRange(cache.Count, Others, Others + 1);
                break;
            case Change.TableShrinks:
                cache.RemoveMany(Enumerable.Range(1000, Others));
                ShardAccess.Maintain(cache);
                break;
            case Change.OthersAreWritten:
                cache.Set(1, valueOf("other"));
                cache.TryRemove(1);
                cache.TryRemove(2);
                break;
            case Change.ExpiryIsProlonged:
                Assert.Equal(isFresh, cache.TrySetExpiry(LoadUnderWay<TValue>.Key, ExpiringCache.For(TimeSpan.FromDays(1))));
                break;
            default:
                break;
        }
    }

    private static void Fill<TValue>(Cache<int, TValue> cache, TValue value)
    {
        for (int key = 1000; key < 1000 + Others; key++)
        {
            cache.Set(key, value, ExpiringCache.For(TimeSpan.FromDays(1)));
        }
    }
}
