using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit;

public sealed class CacheAlternateLookupTests
{
    /// <summary>Ordinal comparison by hash function of our own, the runtime's, and one that ignores case.</summary>
    public static TheoryData<string> Comparers => ["none", "ordinal", "default", "ignore case", "invariant"];

    [Theory]
    [MemberData(nameof(Comparers))]
    public void A_span_finds_sets_and_removes_what_its_string_does(string comparer)
    {
        using Cache<string, int> cache = Make(comparer);
        Cache<string, int>.AlternateLookup<ReadOnlySpan<char>> lookup = cache.GetAlternateLookup<ReadOnlySpan<char>>();
        ReadOnlySpan<char> key = "the key".AsSpan(4);
        cache.Set("key", 1);

        Assert.True(lookup.TryGet(key, out int value));
        Assert.Equal(1, value);
        Assert.True(lookup.TryPeek(key, out value));
        Assert.True(lookup.ContainsKey(key));
        Assert.True(lookup.Set(key, 2));
        Assert.False(lookup.TryAdd(key, 3));
        Assert.Equal(2, lookup.GetOrAdd(key, _ => 4));
        Assert.Equal(2, cache.GetMany(["key"])["key"]);
        Assert.True(lookup.TryRemove(key));
        Assert.False(lookup.TryRemove(key));
        Assert.False(cache.ContainsKey("key"));
        Assert.True(lookup.TryAdd(key, 5));
        Assert.Equal(KeyValuePair.Create("key", 5), Assert.Single(cache));
        Assert.Same(cache, lookup.Cache);
    }

    [Theory]
    [MemberData(nameof(Comparers))]
    public void A_span_finds_its_string_whatever_the_length(string comparer)
    {
        using Cache<string, int> cache = Make(comparer);
        Cache<string, int>.AlternateLookup<ReadOnlySpan<char>> lookup = cache.GetAlternateLookup<ReadOnlySpan<char>>();
        string text = string.Concat(Enumerable.Range(0, 100).Select(i => (char)('a' + (i % 26))));
        for (int length = 0; length <= text.Length; length++)
        {
            cache.Set(text[..length], length);
        }

        for (int length = 0; length <= text.Length; length++)
        {
            Assert.True(lookup.TryGet(text.AsSpan(0, length), out int value));
            Assert.Equal(length, value);
            Assert.False(lookup.ContainsKey(string.Concat(text.AsSpan(0, length), "!")));
        }
    }

    [Fact]
    public void A_missing_span_is_made_by_the_factory_which_gets_the_string()
    {
        using Cache<string, string> cache = TestCache.Of<string, string>(capacity: 10);

        string made = cache.GetAlternateLookup<ReadOnlySpan<char>>().GetOrAdd("abc".AsSpan(1), key => key + "!");

        Assert.Equal("bc!", made);
        Assert.Equal(KeyValuePair.Create("bc", "bc!"), Assert.Single(cache));
    }

    [Fact]
    public void A_comparer_that_ignores_case_ignores_it_for_spans_too()
    {
        using Cache<string, int> cache = Make("ignore case");
        Cache<string, int>.AlternateLookup<ReadOnlySpan<char>> lookup = cache.GetAlternateLookup<ReadOnlySpan<char>>();
        cache.Set("Key", 1);

        Assert.True(lookup.TryGet("kEY", out int value));
        Assert.Equal(1, value);
        Assert.False(lookup.TryAdd("KEY", 2));
        Assert.True(lookup.TryRemove("key"));
        Assert.False(cache.ContainsKey("Key"));
    }

    [Fact]
    public void Ordinal_comparison_minds_case_in_spans_too()
    {
        using Cache<string, int> cache = Make("ordinal");
        cache.Set("Key", 1);

        Assert.False(cache.GetAlternateLookup<ReadOnlySpan<char>>().ContainsKey("key"));
    }

    [Fact]
    public void Values_behind_references_are_found_by_span()
    {
        using Cache<string, Wide> cache = TestCache.Of<string, Wide>(capacity: 10);
        cache.Set("key", new Wide(1, 2, "three"));

        Assert.True(cache.GetAlternateLookup<ReadOnlySpan<char>>().TryGet("key", out Wide value));
        Assert.Equal(new Wide(1, 2, "three"), value);
    }

    [Fact]
    public void A_hit_by_span_keeps_an_entry_longer_and_a_peek_does_not()
    {
        using Cache<string, int> cache = TestCache.Of<string, int>(capacity: 2, EvictionPolicy.Lru);
        Cache<string, int>.AlternateLookup<ReadOnlySpan<char>> lookup = cache.GetAlternateLookup<ReadOnlySpan<char>>();
        cache.Set("a", 1);
        cache.Set("b", 2);

        lookup.TryGet("a", out _);
        lookup.TryPeek("b", out _);
        lookup.Set("c", 3);

        Assert.True(cache.ContainsKey("a"));
        Assert.False(cache.ContainsKey("b"));
    }

    [Fact]
    public void A_comparer_of_the_application_may_know_another_form_of_its_keys()
    {
        using Cache<string, int> cache = TestCache.Of<string, int>(capacity: 10, comparer: new NumberComparer());
        Cache<string, int>.AlternateLookup<int> lookup = cache.GetAlternateLookup<int>();

        Assert.True(lookup.Set(17, 1));
        Assert.True(cache.ContainsKey("17"));
        Assert.True(lookup.TryGet(17, out _));
        Assert.False(lookup.ContainsKey(18));
        Assert.Equal(18, lookup.GetOrAdd(18, int.Parse));
        Assert.True(lookup.TryRemove(17));
        Assert.Equal("18", Assert.Single(cache).Key);
    }

    [Fact]
    public void A_form_that_the_comparer_does_not_know_is_refused()
    {
        using var numbers = new Cache<long, int>(10);
        using var texts = new Cache<string, int>(10);
        using Cache<string, int> own = TestCache.Of<string, int>(10, comparer: new ScriptedComparer<string>());

        Assert.Throws<InvalidOperationException>(() => numbers.GetAlternateLookup<ReadOnlySpan<char>>());
        Assert.False(numbers.TryGetAlternateLookup<ReadOnlySpan<char>>(out _));
        Assert.Throws<InvalidOperationException>(() => numbers.GetAlternateLookup<int>());
        Assert.Throws<InvalidOperationException>(() => texts.GetAlternateLookup<int>());
        Assert.Throws<InvalidOperationException>(() => texts.GetAlternateLookup<ReadOnlySpan<byte>>());
        Assert.Throws<InvalidOperationException>(() => own.GetAlternateLookup<ReadOnlySpan<char>>());
        Assert.True(texts.TryGetAlternateLookup<ReadOnlySpan<char>>(out _));
    }

    [Fact]
    public void A_disposed_cache_misses_spans_and_refuses_to_add_them()
    {
        Cache<string, int> cache = TestCache.Of<string, int>(capacity: 10);
        Cache<string, int>.AlternateLookup<ReadOnlySpan<char>> lookup = cache.GetAlternateLookup<ReadOnlySpan<char>>();
        cache.Set("key", 1);

        cache.Dispose();

        Assert.False(lookup.TryGet("key", out _));
        Assert.False(lookup.TryRemove("key"));
        Assert.Throws<ObjectDisposedException>(() => cache.GetAlternateLookup<ReadOnlySpan<char>>().Set("key", 1));
        Assert.Throws<ObjectDisposedException>(() => cache.GetAlternateLookup<ReadOnlySpan<char>>().TryAdd("key", 1));
        Assert.Throws<ObjectDisposedException>(() => cache.GetAlternateLookup<ReadOnlySpan<char>>().GetOrAdd("key", _ => 1));
    }

    private static Cache<string, int> Make(string comparer)
        => TestCache.Of<string, int>(1000, comparer: comparer switch
        {
            "ordinal" => StringComparer.Ordinal,
            "default" => EqualityComparer<string>.Default,
            "ignore case" => StringComparer.OrdinalIgnoreCase,
            "invariant" => StringComparer.InvariantCulture,
            _ => null,
        });

    private sealed class NumberComparer : IEqualityComparer<string>, IAlternateEqualityComparer<int, string>
    {
        public string Create(int alternate) => $"{alternate}";

        public bool Equals(string? x, string? y) => x == y;

        public bool Equals(int alternate, string other) => $"{alternate}" == other;

        public int GetHashCode(string obj) => obj.Length;

        public int GetHashCode(int alternate) => $"{alternate}".Length;
    }
}
