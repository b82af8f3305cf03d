using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit;

/// <summary>
/// Keys in a regular pattern, which is what most keys are in, spread like any others: all find room, and a search compares
/// one key and hardly ever a second. That must hold for every seed, since a cache draws its seed at random.
/// </summary>
public sealed class CacheHashingTests
{
    private const int Capacity = 2000;
    private const int Seeds = 300;

    [Fact]
    public void Consecutive_integers_find_room() => AssertRoom(i => i);

    [Fact]
    public void Negative_integers_find_room() => AssertRoom(i => -i);

    [Theory]
    [InlineData(8)]
    [InlineData(10)]
    [InlineData(1000)]
    [InlineData(1L << 20)]
    [InlineData(1L << 32)]
    [InlineData(1L << 48)]
    [InlineData(TimeSpan.TicksPerSecond)]
    public void Multiples_find_room(long factor) => AssertRoom(i => i * factor);

    [Fact]
    public void Dates_find_room() => AssertRoom(i => DateTime.UnixEpoch.AddDays(i));

    [Fact]
    public void Guids_that_are_counted_up_find_room()
    {
        AssertRoom(i => new Guid(i, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10));
        AssertRoom(i => new Guid(1, 2, 3, 4, 5, 6, 7, 8, 9, (byte)(i >> 8), (byte)i));
    }

    [Fact]
    public void Numbered_strings_find_room()
    {
        AssertRoom(i => $"{i}");
        AssertRoom(i => $"customer-{i:D8}");
    }

    [Fact]
    public void Pairs_of_small_numbers_find_room() => AssertRoom(i => (i / 50, i % 50));

    [Fact]
    public void Hash_codes_that_are_counted_up_find_room() => AssertRoom(i => i, new ScriptedComparer<int>());

    [Fact]
    public void A_search_among_consecutive_integers_compares_about_one_key()
    {
        for (int seed = 0; seed < Seeds; seed++)
        {
            var comparer = new ScriptedComparer<int>();
            using Cache<int, int> cache = Fill(i => i, comparer, seed);
            comparer.OnEquals = _ => { };

            int hits = Enumerable.Range(0, Capacity).Count(cache.ContainsKey);
            long comparisonsOfHits = comparer.EqualsCalls;
            int falseHits = Enumerable.Range(Capacity, Capacity).Count(cache.ContainsKey);
            long comparisonsOfMisses = comparer.EqualsCalls - comparisonsOfHits;

            Assert.Equal(0, falseHits);
            Assert.True(comparisonsOfHits <= 1.5 * hits, $"seed {seed}: {comparisonsOfHits} comparisons for {hits} hits");
            Assert.True(comparisonsOfMisses <= 0.5 * Capacity, $"seed {seed}: {comparisonsOfMisses} for {Capacity} misses");
        }
    }

    private static void AssertRoom<TKey>(Func<int, TKey> key, IEqualityComparer<TKey>? comparer = null)
        where TKey : notnull
    {
        for (int seed = 0; seed < Seeds; seed++)
        {
            using Cache<TKey, int> cache = Fill(key, comparer, seed);
            Assert.True(cache.Count >= 0.995 * Capacity, $"seed {seed}: {cache.Count} of {Capacity} keys found room");
        }
    }

    private static Cache<TKey, int> Fill<TKey>(Func<int, TKey> key, IEqualityComparer<TKey>? comparer, int seed)
        where TKey : notnull
    {
        var cache = new Cache<TKey, int>(new CacheOptions<TKey, int>
        {
            Capacity = Capacity,
            ShardCount = 1,
            Comparer = comparer,
            HashSeed = seed,
        });
        for (int i = 0; i < Capacity; i++)
        {
            cache.Set(key(i), i);
        }

        return cache;
    }
}
