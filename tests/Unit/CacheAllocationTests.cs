using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit;

/// <summary>Gate: what a cache does all day allocates nothing.</summary>
public sealed class CacheAllocationTests
{
    private const int Capacity = 1000;

    public static TheoryData<EvictionPolicy> Policies => [.. Enum.GetValues<EvictionPolicy>()];

    [Theory]
    [MemberData(nameof(Policies))]
    public void Integer_keys_with_references_allocate_nothing(EvictionPolicy policy)
        => Verify(policy, i => (long)i, _ => "value");

    [Theory]
    [MemberData(nameof(Policies))]
    public void String_keys_with_references_allocate_nothing(EvictionPolicy policy)
        => Verify(policy, i => $"key {i}", _ => "value");

    [Theory]
    [MemberData(nameof(Policies))]
    public void Integer_keys_with_integers_allocate_nothing(EvictionPolicy policy)
        => Verify(policy, i => (long)i, i => (long)i);

    [Theory]
    [MemberData(nameof(Policies))]
    public void Struct_keys_with_a_comparer_allocate_nothing(EvictionPolicy policy)
        => Verify(policy, i => new Tagged("tag", i), i => (long)i, new TaggedComparer());

    [Fact]
    public void Spans_allocate_nothing_but_what_they_add()
    {
        foreach (IEqualityComparer<string>? comparer in new[] { null, StringComparer.OrdinalIgnoreCase })
        {
            using Cache<string, string> cache = TestCache.Of<string, string>(Capacity, comparer: comparer);
            cache.Set("key", "value");
            Cache<string, string>.AlternateLookup<ReadOnlySpan<char>> lookup = cache.GetAlternateLookup<ReadOnlySpan<char>>();
            string text = "a key and no more";

            Assert.Equal(0, Allocations.Of(_ => Assert.True(lookup.TryGet(text.AsSpan(2, 3), out string? _))));
            Assert.Equal(0, Allocations.Of(_ => Assert.False(lookup.TryGet(text.AsSpan(2, 7), out string? _))));
            Assert.Equal(0, Allocations.Of(_ => Assert.True(lookup.ContainsKey(text.AsSpan(2, 3)))));
            Assert.Equal(0, Allocations.Of(_ => Assert.False(lookup.TryRemove(text.AsSpan(2, 7)))));
            Assert.Equal(0, Allocations.Of(_ => Assert.False(lookup.TryAdd(text.AsSpan(2, 3), "other"))));
            Assert.Equal(0, Allocations.Of(_ => lookup.GetOrAdd(text.AsSpan(2, 3), static key => key)));
            Assert.Equal(0, Allocations.Of(_ => cache.GetAlternateLookup<ReadOnlySpan<char>>()));
        }
    }

    [Fact]
    public void Reading_a_value_behind_a_reference_allocates_nothing()
    {
        using Cache<long, Wide> cache = TestCache.Of<long, Wide>(Capacity);
        cache.Set(1, new Wide(1, 2, "three"));

        Assert.Equal(0, Allocations.Of(_ => Assert.True(cache.TryGet(1, out Wide _))));
    }

    private static void Verify<TKey, TValue>(
        EvictionPolicy policy, Func<int, TKey> makeKey, Func<int, TValue> makeValue, IEqualityComparer<TKey>? comparer = null)
        where TKey : notnull
    {
        using Cache<TKey, TValue> cache = TestCache.Of<TKey, TValue>(Capacity, policy, shards: 2, comparer: comparer);
        TKey[] keys = [.. Enumerable.Range(0, 10 * Capacity).Select(makeKey)];
        TValue value = makeValue(1);
        TKey present = keys[0];
        TKey absent = makeKey(-1);
        TKey Next(int i) => keys[1 + (i % (keys.Length - 1))];

        // The table is at its final size and the policy's queues have turned over before anything is measured.
        for (int i = 0; i < 2 * keys.Length; i++)
        {
            cache.Set(Next(i), value);
        }

        Assert.Equal(Capacity, cache.Count);
        cache.Set(present, value);
        Assert.Equal(0, Allocations.Of(_ => Assert.True(cache.TryGet(present, out TValue? _))));
        Assert.Equal(0, Allocations.Of(_ => Assert.False(cache.TryGet(absent, out TValue? _))));
        Assert.Equal(0, Allocations.Of(_ => Assert.True(cache.TryPeek(present, out TValue? _))));
        Assert.Equal(0, Allocations.Of(_ => Assert.True(cache.ContainsKey(present))));
        Assert.Equal(0, Allocations.Of(_ => Assert.True(cache.Set(present, value))));
        Assert.Equal(0, Allocations.Of(_ => Assert.True(cache.TryUpdate(present, value))));
        Assert.Equal(0, Allocations.Of(_ => Assert.True(cache.TryUpdate(present, value, value))));
        Assert.Equal(0, Allocations.Of(_ => Assert.False(cache.TryAdd(present, value))));
        Assert.Equal(0, Allocations.Of(_ => cache.GetOrAdd(present, static _ => default!)));
        Assert.Equal(0, Allocations.Of(_ => cache.GetOrAdd(present, static (_, state) => state, value)));
        Assert.Equal(0, Allocations.Of(_ => cache.AddOrUpdate(present, value, static (_, old) => old)));
        Assert.Equal(0, Allocations.Of(i => Assert.True(cache.Set(Next(i), value))));
        Assert.Equal(0, Allocations.Of(i => cache.GetOrAdd(Next(i), static (_, state) => state, value)));
        Assert.Equal(0, Allocations.Of(i =>
        {
            cache.TryRemove(Next(i));
            cache.Set(Next(i), value);
        }));
        Assert.Equal(0, Allocations.Of(_ => Assert.True(cache.Count <= Capacity)));
        cache.AssertConsistent();
    }
}
