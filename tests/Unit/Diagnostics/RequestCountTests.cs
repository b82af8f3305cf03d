using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Diagnostics;

public sealed class RequestCountTests
{
    private const int Hits = 3;
    private const int Misses = 2;

    public static TheoryData<string> Requests => ["TryGet", "Touch", "GetMany", "GetOrAdd", "GetOrAdd with state"];

    [Theory]
    [MemberData(nameof(Requests))]
    public void Requests_of_a_cache_with_values_in_place_are_counted(string request)
        => Verify(request, CacheOf<int, string>(), i => i, i => $"{i}");

    [Theory]
    [MemberData(nameof(Requests))]
    public void Requests_of_a_cache_with_boxed_values_are_counted(string request)
        => Verify(request, CacheOf<int, Wide>(), i => i, i => new Wide(i, i, "text"));

    [Theory]
    [MemberData(nameof(Requests))]
    public void Requests_of_a_cache_with_a_comparer_are_counted(string request)
        => Verify(request, CacheOf<string, int>(StringComparer.OrdinalIgnoreCase), i => $"{i}", i => i);

    [Theory]
    [MemberData(nameof(Requests))]
    public void Requests_of_colliding_keys_are_counted(string request)
        => Verify(request, CacheOf(new ScatterlessComparer()), i => i, i => i);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Requests_by_another_form_of_the_key_are_counted_once(bool hasComparer)
    {
        using Cache<string, int> cache = CacheOf<string, int>(hasComparer ? StringComparer.OrdinalIgnoreCase : null);
        Cache<string, int>.AlternateLookup<ReadOnlySpan<char>> lookup = cache.GetAlternateLookup<ReadOnlySpan<char>>();

        Assert.False(lookup.TryGet("a", out _));
        Assert.Equal(1, lookup.GetOrAdd("a", _ => 1));
        Assert.Equal(1, lookup.GetOrAdd("a", _ => 2));
        Assert.True(lookup.TryGet("a", out _));
        Assert.True(lookup.ContainsKey("a"));
        Assert.False(lookup.TryPeek("b", out _));
        Assert.False(lookup.TryRemove("b"));

        Assert.Equal((2, 2), (cache.Statistics.Hits, cache.Statistics.Misses));
    }

    [Fact]
    public void An_expired_value_is_a_miss()
    {
        var time = new ManualTimeProvider();
        using Cache<int, int> cache = ExpiringCache.Of<int, int>(
            time, options => (options.CountRequests, options.ExpireAfterWrite) = (true, TimeSpan.FromMinutes(1)));
        cache.Set(1, 1);
        Assert.True(cache.TryGet(1, out _));
        time.Advance(TimeSpan.FromMinutes(2));

        Assert.False(cache.TryGet(1, out _));

        Assert.Equal((1, 1), (cache.Statistics.Hits, cache.Statistics.Misses));
    }

    [Fact]
    public void A_hit_that_needs_a_closer_look_is_counted_once()
    {
        var time = new ManualTimeProvider();
        using Cache<int, int> cache = ExpiringCache.Of<int, int>(
            time, options => (options.CountRequests, options.ExpireAfterAccess) = (true, TimeSpan.FromMinutes(1)));
        cache.Set(1, 1);

        // The first read of a tick notes the access.
        time.Advance(2 * ExpiringCache.Tick);
        Assert.True(cache.TryGet(1, out _));
        time.Advance(2 * ExpiringCache.Tick);
        Assert.Equal(1, cache.GetOrAdd(1, _ => 2));

        Assert.Equal((2, 0), (cache.Statistics.Hits, cache.Statistics.Misses));
    }

    [Fact]
    public void Peeks_and_writes_are_no_requests()
    {
        using Cache<int, int> cache = CacheOf<int, int>();

        cache.Set(1, 1);
        cache.TryAdd(1, 2);
        cache.TryUpdate(1, 2);
        cache.AddOrUpdate(1, 1, (_, _) => 3);
        Assert.True(cache.ContainsKey(1));
        Assert.True(cache.TryPeek(1, out _));
        Assert.False(cache.TryPeek(2, out _));
        Assert.NotNull(cache.Explain(1));
        cache.TryRemove(1);

        Assert.Equal(0, cache.Statistics.Requests);
    }

    [Fact]
    public void A_cache_counts_no_requests_unless_told_to()
    {
        using Cache<int, int> cache = TestCache.Of<int, int>(capacity: 10);
        cache.GetOrAdd(1, _ => 1);

        Assert.True(cache.TryGet(1, out _));
        Assert.False(cache.TryGet(2, out _));

        Assert.Equal(new CacheStatistics { Count = 1, Weight = 1, Loads = 1 }, cache.Statistics);
        Assert.Equal(0, cache.Statistics.HitRatio);
    }

    [Fact]
    public void Threads_that_read_at_once_count_no_more_than_they_read()
    {
        const int Reads = 20_000;
        using Cache<int, int> cache = CacheOf<int, int>();
        cache.Set(1, 1);

        Crew.Run(4, _ =>
        {
            for (int i = 0; i < Reads; i++)
            {
                Assert.True(cache.TryGet(1, out int _));
                Assert.False(cache.TryGet(2, out int _));
            }
        });

        CacheStatistics statistics = cache.Statistics;
        Assert.InRange(statistics.Hits, 1, 4 * Reads);
        Assert.InRange(statistics.Misses, 1, 4 * Reads);
    }

    [Fact]
    public void A_request_that_is_counted_allocates_nothing()
    {
        using Cache<int, string> cache = CacheOf<int, string>();
        cache.Set(1, "value");

        Assert.Equal(0, Allocations.Of(_ => Assert.True(cache.TryGet(1, out string? _))));
        Assert.Equal(0, Allocations.Of(_ => Assert.False(cache.TryGet(2, out string? _))));
        Assert.Equal(0, Allocations.Of(_ => cache.GetOrAdd(1, static _ => "other")));
        Assert.NotEqual(0, cache.Statistics.Hits);
    }

    private static Cache<TKey, TValue> CacheOf<TKey, TValue>(IEqualityComparer<TKey>? comparer = null)
        where TKey : notnull
        => new(new CacheOptions<TKey, TValue> { Capacity = 100, CountRequests = true, HashSeed = TestCache.Seed, Comparer = comparer });

    private static Cache<int, int> CacheOf(IEqualityComparer<int> comparer) => CacheOf<int, int>(comparer);

    private static void Verify<TKey, TValue>(
        string request, Cache<TKey, TValue> cache, Func<int, TKey> makeKey, Func<int, TValue> makeValue)
        where TKey : notnull
    {
        using (cache)
        {
            TKey[] present = [.. Enumerable.Range(0, Hits).Select(makeKey)];
            TKey[] absent = [.. Enumerable.Range(100, Misses).Select(makeKey)];
            cache.SetMany(present.Select((key, i) => KeyValuePair.Create(key, makeValue(i))));

            Request(request, cache, [.. present, .. absent], makeValue(0));

            CacheStatistics statistics = cache.Statistics;
            Assert.Equal((Hits, Misses, Hits + Misses), (statistics.Hits, statistics.Misses, statistics.Requests));
            Assert.Equal(0.6, statistics.HitRatio);
        }
    }

    private static void Request<TKey, TValue>(string request, Cache<TKey, TValue> cache, TKey[] keys, TValue made)
        where TKey : notnull
    {
        if (request == "GetMany")
        {
            cache.GetMany(keys);
            return;
        }

        foreach (TKey key in keys)
        {
            _ = request switch
            {
                "TryGet" => cache.TryGet(key, out _),
                "Touch" => cache.Touch(key),
                "GetOrAdd" => cache.GetOrAdd(key, _ => made) is null,
                _ => cache.GetOrAdd(key, (_, state) => state, made) is null,
            };
        }
    }

    /// <summary>Puts all keys into one place, so that most are displaced from it.</summary>
    private sealed class ScatterlessComparer : IEqualityComparer<int>
    {
        public bool Equals(int x, int y) => x == y;

        public int GetHashCode(int obj) => 1;
    }
}
