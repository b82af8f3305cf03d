using FastCache.Expiration;
using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Expiry;

/// <summary>Gate: what a cache of entries that expire does all day allocates nothing.</summary>
public sealed class ExpiryAllocationTests
{
    private const int Capacity = 1000;
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private readonly ManualTimeProvider _time = new();

    public static TheoryData<string, bool> Kinds
    {
        get
        {
            var kinds = new TheoryData<string, bool>();
            foreach (string kind in new[] { "after write", "after access", "both", "jitter", "computed", "computed at reads" })
            {
                kinds.Add(kind, false);
                kinds.Add(kind, true);
            }

            return kinds;
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Integers_with_references_allocate_nothing(string kind, bool isPrecise)
        => Verify(kind, isPrecise, i => (long)i, "value");

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Strings_with_integers_allocate_nothing(string kind, bool isPrecise)
        => Verify(kind, isPrecise, i => $"key {i}", 17L);

    [Fact]
    public void Entries_that_expire_among_others_allocate_nothing()
    {
        using Cache<long, long> cache = ExpiringCache.Of<long, long>(_time, options => options.ShardCount = 2, Capacity);
        for (long key = 0; key < 20 * Capacity; key++)
        {
            cache.Set(key, key, Options(key));
        }

        Assert.Equal(0, Allocations.Of(i => Assert.True(cache.Set(i, i, Options(i)))));
        Assert.Equal(0, Allocations.Of(i => cache.TryGet(i, out _)));
        Assert.Equal(0, Allocations.Of(i => cache.TrySetExpiry(i % 100, Options(i))));

        // Expired, reclaimed and added again.
        Assert.Equal(0, Allocations.Of(i =>
        {
            Assert.True(cache.TryAdd(-1, i, ExpiringCache.For(ExpiringCache.Tick)));
            PassTime(0);
            Assert.False(cache.TryGet(-1, out _));
        }));

        static EntryOptions Options(long key) => (key % 3) switch
        {
            0 => ExpiringCache.For(Hour),
            1 => ExpiringCache.Idle(Hour),
            _ => default,
        };
    }

    private void Verify<TKey, TValue>(string kind, bool isPrecise, Func<int, TKey> makeKey, TValue value)
        where TKey : notnull
    {
        using Cache<TKey, TValue> cache = ExpiringCache.Of<TKey, TValue>(
            _time,
            options =>
            {
                options.PreciseExpiry = isPrecise;
                options.ShardCount = 2;
                options.ExpireAfterWrite = kind is "after write" or "both" or "jitter" ? Hour : null;
                options.ExpireAfterAccess = kind is "after access" or "both" ? Hour : null;
                options.ExpiryJitter = kind == "jitter" ? Hour : default;
                options.Expiry = kind switch
                {
                    "computed" => new ScriptedExpiry<TKey, TValue>(),
                    "computed at reads" => new ScriptedReadExpiry<TKey, TValue>(),
                    _ => null,
                };
            },
            Capacity);
        TKey[] keys = [.. Enumerable.Range(0, 10 * Capacity).Select(makeKey)];
        TKey present = keys[0];
        TKey Next(int i) => keys[1 + (i % (keys.Length - 1))];

        // The table is at its final size and the policy's queues have turned over before anything is measured.
        for (int i = 0; i < 2 * keys.Length; i++)
        {
            cache.Set(Next(i), value);
        }

        Assert.Equal(Capacity, cache.Count);
        cache.Set(present, value);

        // Time that passes makes some of the hits leave the fast path.
        Assert.Equal(0, Allocations.Of(i =>
        {
            PassTime(i);
            Assert.True(cache.TryGet(present, out TValue? _));
        }));
        Assert.Equal(0, Allocations.Of(_ => Assert.True(cache.TryPeek(present, out TValue? _))));
        Assert.Equal(0, Allocations.Of(_ => Assert.True(cache.Touch(present))));
        Assert.Equal(0, Allocations.Of(_ => Assert.NotNull(cache.TimeToLive(present))));
        Assert.Equal(0, Allocations.Of(i =>
        {
            PassTime(i);
            Assert.True(cache.Set(present, value));
        }));
        Assert.Equal(0, Allocations.Of(_ => Assert.True(cache.TryUpdate(present, value))));
        Assert.Equal(0, Allocations.Of(_ => Assert.True(cache.TrySetExpiry(present, default))));
        Assert.Equal(0, Allocations.Of(_ => cache.AddOrUpdate(present, value, static (_, old) => old)));
        Assert.Equal(0, Allocations.Of(i => Assert.True(cache.Set(Next(i), value))));
        Assert.Equal(0, Allocations.Of(i => cache.GetOrAdd(Next(i), static (_, state) => state, value)));
        Assert.Equal(0, Allocations.Of(i => cache.TryRemove(Next(i))));
        cache.AssertConsistent();
    }

    private void PassTime(int i)
    {
        if (i % 100 == 0)
        {
            // The clock is set forward: no timer fires, of which that of the test provider itself would allocate.
            _time.JumpBack(-ExpiringCache.Tick);
            CoarseClock.For(_time).Refresh();
        }
    }
}
