using FastCache.Table;
using Xunit;

namespace FastCache.Tests.Unit.Table;

public class KeyHasherTests
{
    private const ulong Seed = 0x5EED;

    [Fact]
    public void Equal_keys_have_equal_hashes()
    {
        AssertEqualHash(-5L, -5L);
        AssertEqualHash(5UL, 5UL);
        AssertEqualHash(-5, -5);
        AssertEqualHash(5u, 5u);
        AssertEqualHash(Guid.Parse("00112233-4455-6677-8899-aabbccddeeff"), Guid.Parse("00112233-4455-6677-8899-AABBCCDDEEFF"));
        AssertEqualHash("key", new string(['k', 'e', 'y']));
        AssertEqualHash((1, "key"), (1, new string(['k', 'e', 'y'])));
        AssertEqualHash(0.0, -0.0);
        AssertEqualHash(DayOfWeek.Friday, DayOfWeek.Friday);
        AssertEqualHash(new Uri("http://example.org/"), new Uri("http://example.org/"));
    }

    [Fact]
    public void The_seed_changes_the_hash()
    {
        AssertSeeded(42L);
        AssertSeeded(42);
        AssertSeeded(Guid.Empty);
        AssertSeeded("key");
        AssertSeeded(string.Empty);
        AssertSeeded((1, 2));
    }

    [Fact]
    public void A_million_consecutive_integers_have_different_hashes()
    {
        var hasher = new KeyHasher<long>(null, Seed);
        ulong[] hashes = new ulong[1_000_000];
        for (int i = 0; i < hashes.Length; i++)
        {
            hashes[i] = hasher.Hash(i - 500_000L);
        }

        Array.Sort(hashes);

        for (int i = 1; i < hashes.Length; i++)
        {
            Assert.True(hashes[i - 1] != hashes[i]);
        }
    }

    [Fact]
    public void Every_bit_of_a_Guid_counts()
    {
        var hasher = new KeyHasher<Guid>(null, Seed);
        var hashes = new HashSet<ulong> { hasher.Hash(Guid.Empty) };
        for (int bit = 0; bit < 128; bit++)
        {
            byte[] bytes = new byte[16];
            bytes[bit / 8] = (byte)(1 << (bit % 8));

            Assert.True(hashes.Add(hasher.Hash(new Guid(bytes))), $"bit {bit}");
        }
    }

    [Fact]
    public void A_string_and_the_span_of_its_characters_have_the_same_hash()
    {
        var hasher = new KeyHasher<string>(null, Seed);

        Assert.Equal(hasher.Hash("some key"), hasher.Hash("some key".AsSpan()));
    }

    [Fact]
    public void A_custom_comparer_decides()
    {
        var comparer = EqualityComparer<long>.Create((a, b) => a % 10 == b % 10, key => (int)(key % 10));
        var hasher = new KeyHasher<long>(comparer, Seed);

        Assert.Same(comparer, hasher.Comparer);
        Assert.Equal(hasher.Hash(3L), hasher.Hash(13L));
        Assert.NotEqual(hasher.Hash(3L), hasher.Hash(4L));
    }

    [Fact]
    public void The_hash_of_an_alternate_form_is_that_of_the_key()
    {
        var hasher = new KeyHasher<string>(StringComparer.OrdinalIgnoreCase, Seed);

        int alternate = string.GetHashCode("KEY", StringComparison.OrdinalIgnoreCase);

        Assert.Equal(hasher.Hash("key"), hasher.Hash(alternate));
    }

    [Fact]
    public void Ordinal_strings_and_default_values_need_no_comparer()
    {
        Assert.Null(new KeyHasher<string>(null, Seed).Comparer);
        Assert.Null(new KeyHasher<string>(StringComparer.Ordinal, Seed).Comparer);
        Assert.Null(new KeyHasher<string>(EqualityComparer<string>.Default, Seed).Comparer);
        Assert.Null(new KeyHasher<long>(null, Seed).Comparer);
        Assert.Null(new KeyHasher<(int, string)>(EqualityComparer<(int, string)>.Default, Seed).Comparer);
    }

    [Fact]
    public void Other_references_are_compared_by_their_own_equality()
    {
        var hasher = new KeyHasher<Uri>(null, Seed);

        Assert.Same(EqualityComparer<Uri>.Default, hasher.Comparer);
    }

    [Fact]
    public void A_comparer_that_ignores_case_is_honoured()
    {
        var hasher = new KeyHasher<string>(StringComparer.OrdinalIgnoreCase, Seed);

        Assert.Same(StringComparer.OrdinalIgnoreCase, hasher.Comparer);
        Assert.Equal(hasher.Hash("Key"), hasher.Hash("kEY"));
    }

    [Fact]
    public void A_comparer_of_other_references_is_honoured()
    {
        EqualityComparer<Uri> comparer = EqualityComparer<Uri>.Create(static (a, b) => a?.Host == b?.Host, static key => key.Host.Length);
        var hasher = new KeyHasher<Uri>(comparer, Seed);

        Assert.Same(comparer, hasher.Comparer);
        Assert.Equal(hasher.Hash(new Uri("http://a/1")), hasher.Hash(new Uri("http://a/2")));
    }

    [Fact]
    public void A_comparers_hash_codes_are_spread_over_64_bits()
    {
        var hasher = new KeyHasher<long>(EqualityComparer<long>.Create((a, b) => a == b, key => (int)key), Seed);

        IEnumerable<uint> positions = Enumerable.Range(-500, 1000).Select(key => new KeyHash(hasher.Hash((long)key)).Position);

        Assert.Equal(1000, positions.Distinct().Count());
    }

    private static void AssertEqualHash<TKey>(TKey first, TKey second)
        where TKey : notnull
    {
        var hasher = new KeyHasher<TKey>(null, Seed);
        Assert.Equal(hasher.Hash(first), hasher.Hash(second));
        if (hasher.Comparer is null)
        {
            Assert.Equal(hasher.Hash(first), hasher.HashBuiltIn(second));
        }
    }

    private static void AssertSeeded<TKey>(TKey key)
        where TKey : notnull
    {
        IEnumerable<ulong> hashes = Enumerable.Range(0, 100).Select(seed => new KeyHasher<TKey>(null, (ulong)seed).Hash(key));
        Assert.Equal(100, hashes.Distinct().Count());
    }
}
