using FastCache.Table;
using Xunit;

namespace FastCache.Tests.Unit.Table;

/// <summary>Whether regular keys spread evenly over shards, groups and tags. Seeds are fixed, bounds generous.</summary>
public class HashSpreadTests
{
    private const int Keys = 100_000;

    private static readonly ulong[] Seeds = [0, 1, 42, 0xFEED_FACE_CAFE_BEEF];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(16)]
    [InlineData(32)]
    [InlineData(40)]
    public void Consecutive_integers_shifted_left_spread_evenly(int shift)
    {
        foreach (ulong seed in Seeds)
        {
            var hasher = new KeyHasher<long>(null, seed);
            AssertEven(i => hasher.Hash((long)i << shift), $"seed {seed}, shift {shift}");
        }
    }

    [Fact]
    public void Short_integers_spread_evenly()
    {
        foreach (ulong seed in Seeds)
        {
            var hasher = new KeyHasher<int>(null, seed);
            AssertEven(i => hasher.Hash(i * 1000), $"seed {seed}");
        }
    }

    [Fact]
    public void Numbered_strings_spread_evenly()
    {
        foreach (ulong seed in Seeds)
        {
            var hasher = new KeyHasher<string>(null, seed);
            AssertEven(i => hasher.Hash($"user:{i}:profile"), $"seed {seed}");
        }
    }

    [Fact]
    public void Numbered_Guids_spread_evenly()
    {
        foreach (ulong seed in Seeds)
        {
            var hasher = new KeyHasher<Guid>(null, seed);
            AssertEven(i => hasher.Hash(new Guid(i, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)), $"seed {seed}, first part");
            AssertEven(i => hasher.Hash(new Guid(0, 0, 0, 0, 0, 0, 0, 0, (byte)(i >> 16), (byte)(i >> 8), (byte)i)), $"seed {seed}, last part");
        }
    }

    [Fact]
    public void Small_hash_codes_of_a_comparer_spread_evenly()
    {
        foreach (ulong seed in Seeds)
        {
            var hasher = new KeyHasher<(int, int)>(
                EqualityComparer<(int, int)>.Create((a, b) => a == b, key => key.Item1), seed);
            AssertEven(i => hasher.Hash((i, 0)), $"seed {seed}");
        }
    }

    private static void AssertEven(Func<int, ulong> hashOf, string what)
    {
        KeyHash[] hashes = [.. Enumerable.Range(0, Keys).Select(i => new KeyHash(hashOf(i)))];

        AssertEven(hashes, 256, hash => (int)hash.Shard(255), $"shards: {what}");
        AssertEven(hashes, 1000, hash => (int)hash.PlaceAmong(1000).Home, $"groups: {what}");
        AssertEven(hashes, 64, hash => hash.Tag >> 2, $"tags: {what}");
        AssertEven(
            hashes, 15, hash => (int)hash.PlaceAmong(1000).PreferredIndex, $"preferred slots: {what}");

        // Inside one shard, groups and tags must still be even: 8 x 8 x 8 kinds of keys.
        AssertEven(
            hashes,
            512,
            hash => ((int)hash.Shard(7) << 6) | ((int)hash.PlaceAmong(8).Home << 3) | (hash.Tag >> 5),
            $"combinations: {what}");
    }

    private static void AssertEven(KeyHash[] hashes, int kinds, Func<KeyHash, int> kindOf, string what)
    {
        int[] counts = new int[kinds];
        foreach (KeyHash hash in hashes)
        {
            counts[kindOf(hash)]++;
        }

        double expected = (double)hashes.Length / kinds;
        double chiSquare = counts.Sum(count => (count - expected) * (count - expected) / expected);

        // Mean kinds - 1, deviation sqrt(2 (kinds - 1)) for random hashes: ten deviations are no accident.
        double bound = kinds - 1 + (10 * Math.Sqrt(2.0 * (kinds - 1)));
        Assert.True(chiSquare < bound, $"{what}: chi-square {chiSquare:F0}, bound {bound:F0}");
    }
}
