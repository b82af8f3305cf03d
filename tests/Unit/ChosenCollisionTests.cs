using System.Buffers.Binary;
using FastCache.Table;
using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit;

/// <summary>
/// Gate: keys chosen to collide under a hash without a seed cost no more than others. Counted in what a search does: the groups that it
/// passes, and the keys that it compares in vain.
/// </summary>
public sealed class ChosenCollisionTests
{
    private const int Keys = 4000;
    private const double Factor = 1.5;
    private const ulong SeedOfAttacker = 1;
    private static readonly int[] SeedsOfOthers = [.. Enumerable.Range(2, 8)];

    [Theory]
    [InlineData(8)]
    [InlineData(16)]
    [InlineData(20)]
    public void Integers_that_differ_in_high_bits_only(int shift)
        => AssertHarmless(i => i << shift, static key => key & 0xFF);

    [Theory]
    [InlineData(16)]
    [InlineData(32)]
    [InlineData(50)]
    public void Long_integers_that_differ_in_high_bits_only(int shift)
        => AssertHarmless(i => (long)i << shift, static key => (int)key & 0xFFFF);

    [Fact]
    public void Long_integers_whose_halves_cancel_out()
        => AssertHarmless(static i => ((long)i << 32) | (uint)i, static key => key.GetHashCode());

    [Fact]
    public void Guids_whose_words_cancel_out()
        => AssertHarmless(static i => ToGuid(i, i * 7, i * 7, i), static key => key.GetHashCode());

    [Fact]
    public void Strings_that_collide_under_the_polynomial_of_31()
        => AssertHarmless(OfSameSum, static key => key.Aggregate(0, static (hash, character) => (hash * 31) + character));

    [Fact]
    public void Long_strings_that_collide_under_the_polynomial_of_31()
        => AssertHarmless(
            static i => new string('x', 100) + OfSameSum(i),
            static key => key.Aggregate(0, static (hash, character) => (hash * 31) + character));

    [Fact]
    public void Strings_that_collide_under_a_sum_of_their_characters()
        => AssertHarmless(
            static i => $"{(char)('a' + (i & 63))}{(char)('a' + (i >> 6))}{(char)('z' - (i & 63))}{(char)('z' - (i >> 6))}",
            static key => key.Sum(static character => character));

    [Fact]
    public void Integers_that_collide_under_another_seed() => AssertHarmless(ChosenFor(static i => i));

    [Fact]
    public void Strings_that_collide_under_another_seed() => AssertHarmless(ChosenFor(static i => $"key {i}"));

    [Fact]
    public void Guids_that_collide_under_another_seed() => AssertHarmless(ChosenFor(static i => ToGuid(i, 1, 2, 3)));

    [Fact]
    public void Whoever_knows_the_seed_can_make_keys_collide_and_this_would_notice()
    {
        int[] keys = ChosenFor(static i => i);

        Assert.InRange(WorkOf(keys, (int)SeedOfAttacker), 2 * WorkOf([.. Enumerable.Range(0, keys.Length)], (int)SeedOfAttacker), double.MaxValue);
    }

    /// <summary>Keys that all collide under a hash that an attacker knows.</summary>
    private static void AssertHarmless<TKey>(Func<int, TKey> key, Func<TKey, int> knownHash)
        where TKey : notnull
    {
        TKey[] keys = [.. Enumerable.Range(0, Keys).Select(key)];
        Assert.Single(keys.Select(knownHash).Distinct());
        AssertHarmless(keys);
    }

    private static void AssertHarmless<TKey>(TKey[] keys)
        where TKey : notnull
    {
        Assert.Equal(keys.Length, keys.Distinct().Count());
        var random = new Random(1);
        long[] others = [.. Enumerable.Range(0, keys.Length).Select(_ => random.NextInt64())];
        double expected = SeedsOfOthers.Average(seed => WorkOf(others, seed));
        foreach (int seed in SeedsOfOthers)
        {
            double work = WorkOf(keys, seed);
            Assert.True(work <= Factor * expected, $"seed {seed}: {work:F3} steps a search, {expected:F3} with random keys");
        }
    }

    /// <summary>What a search for one of the keys does on the average: groups that it looks at, and other keys with the same tag there.</summary>
    private static double WorkOf<TKey>(TKey[] keys, int seed)
        where TKey : notnull
    {
        using var cache = new Cache<TKey, int>(
            new CacheOptions<TKey, int> { Capacity = keys.Length, ShardCount = 1, HashSeed = seed, InitialCapacity = keys.Length });
        foreach (TKey key in keys)
        {
            cache.Set(key, 0);
        }

        Table<TKey, int> table = TableAccess.TableOf(cache);
        int work = keys.Length;
        for (int group = 0; group < table.Size.Groups; group++)
        {
            TagGroup header = table.Groups[group];
            work += header.Overflow;
            for (int slot = 0; slot < TagGroup.Slots; slot++)
            {
                byte tag = header.Tag(slot);
                work += tag == 0 ? 0 : int.PopCount((int)header.Match(tag)) - 1;
            }
        }

        // Those that found no room in the neighbourhood have cost a whole search each.
        return (double)(work + ((keys.Length - cache.Count) * TableSize.MaxProbes)) / keys.Length;
    }

    /// <summary>Keys that share their tag and a sixteenth of the table under the attacker's seed.</summary>
    private static TKey[] ChosenFor<TKey>(Func<int, TKey> key)
        where TKey : notnull
    {
        var hasher = new KeyHasher<TKey>(null, SeedOfAttacker);
        return [.. Enumerable.Range(0, int.MaxValue)
            .Select(key)
            .Where(candidate => new KeyHash(hasher.Hash(candidate)) is { Position: < uint.MaxValue / 16, Tag: < 16 })
            .Take(Keys / 4)];
    }

    /// <summary>"Aa" and "BB" weigh the same, whatever comes before and after.</summary>
    private static string OfSameSum(int number)
        => string.Concat(Enumerable.Range(0, 12).Select(bit => ((number >> bit) & 1) == 0 ? "Aa" : "BB"));

    private static Guid ToGuid(int first, int second, int third, int fourth)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, first);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[4..], second);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[8..], third);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[12..], fourth);
        return new Guid(bytes);
    }
}
