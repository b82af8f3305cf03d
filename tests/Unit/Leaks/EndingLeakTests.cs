using System.Runtime.CompilerServices;
using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Leaks;

/// <summary>Gate: of what has left a cache, in whatever way, the cache keeps neither the key nor the value alive.</summary>
public sealed class EndingLeakTests
{
    private const int Entries = 50;
    private const int TooHeavy = 1000;
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(1);

    private static readonly string[] Endings =
    [
        "removed", "removed with its value", "replaced", "replaced in place", "replaced by what was refused", "evicted", "expired",
        "made to expire", "cleared", "disposed",
    ];

    private readonly ManualTimeProvider _time = new();
    private int _told;

    public static TheoryData<string, string> Cases
        => new MatrixTheoryData<string, string>(Endings, ["plain", "weighed", "telling", "sliding", "all of it"]);

    [Theory(Timeout = Wait.Watchdog)]
    [MemberData(nameof(Cases))]
    public async Task What_has_left_can_be_collected(string ending, string kind)
    {
        await Wait.LeaveRunner();
        using Cache<object, object> cache = Make(kind);

        List<WeakReference> gone = FillAndEnd(cache, ending);

        // Replaced by what is refused is so only where something can be too heavy.
        int left = ending is "replaced" or "replaced in place" || (ending == "replaced by what was refused" && kind is not ("weighed" or "all of it"))
            ? Entries
            : 0;
        Assert.Equal(left, cache.Count);
        Garbage.AwaitCollection(gone);
        Wait.Until(() => kind is not ("telling" or "all of it") || Volatile.Read(ref _told) == Entries);
        GC.KeepAlive(cache);
    }

    private Cache<object, object> Make(string kind)
    {
        bool isAll = kind == "all of it";
        bool isWeighed = isAll || kind == "weighed";
        return ExpiringCache.Of<object, object>(_time, options =>
        {
            options.Capacity = isWeighed ? 0 : 2 * Entries;

            // Else the table becomes smaller when they are gone, and what it keeps goes with it.
            options.InitialCapacity = 2 * Entries;
            options.Weigher = isWeighed ? static (_, value) => value is int weight ? weight : 1 : null;
            options.WeightLimit = isWeighed ? 2 * Entries : null;
            options.RemovalListener = isAll || kind == "telling" ? (_, _, _) => Interlocked.Increment(ref _told) : null;
            options.ExpireAfterAccess = isAll || kind == "sliding" ? Life : null;
        });
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private List<WeakReference> FillAndEnd(Cache<object, object> cache, string ending)
    {
        var gone = new List<WeakReference>();
        object[] keys = [.. Enumerable.Range(0, Entries).Select(static _ => new object())];
        foreach (object key in keys)
        {
            object value = new();
            Assert.True(ending == "expired" ? cache.Set(key, value, ExpiringCache.For(Life)) : cache.Set(key, value));
            gone.Add(new WeakReference(value));
            if (!ending.StartsWith("replaced", StringComparison.Ordinal))
            {
                gone.Add(new WeakReference(key));
            }
        }

        End(cache, ending, keys);
        return gone;
    }

    private void End(Cache<object, object> cache, string ending, object[] keys)
    {
        foreach (object key in keys)
        {
            switch (ending)
            {
                case "removed":
                    Assert.True(cache.TryRemove(key));
                    break;
                case "removed with its value":
                    Assert.True(cache.TryPeek(key, out object? value));
                    Assert.True(cache.TryRemove(KeyValuePair.Create(key, value)));
                    break;
                case "replaced":
                    Assert.True(cache.Set(key, "other"));
                    break;
                case "replaced in place":
                    Assert.True(cache.TryUpdate(key, "other"));
                    break;
                case "replaced by what was refused":
                    cache.Set(key, TooHeavy);
                    break;
                case "made to expire":
                    Assert.False(cache.TrySetExpiry(key, new EntryOptions { ExpireAt = DateTimeOffset.UnixEpoch }));
                    break;
                default:
                    break;
            }
        }

        switch (ending)
        {
            case "evicted":
                Assert.Equal(Entries, cache.Trim(Entries));
                break;
            case "expired":
                _time.AdvanceAtOnce(2 * Life);
                cache.TrimExpired();
                Wait.Until(() => cache.Count == 0);
                break;
            case "cleared":
                cache.Clear();
                break;
            case "disposed":
                cache.Dispose();
                break;
            default:
                break;
        }
    }
}
