using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit;

/// <summary>Keys of whatever shape work: hashed and compared in place, by their own equality, or by a comparer.</summary>
public sealed class CacheKeyTypeTests
{
    private const int Keys = 1000;

    [Fact]
    public void Keys_may_be_integers_of_any_width()
    {
        Verify(i => (byte)i, 256);
        Verify(i => (sbyte)i, 256);
        Verify(i => (short)(i - 500), Keys);
        Verify(i => (ushort)(i * 60), Keys);
        Verify(i => i - 500, Keys);
        Verify(i => (uint)i * 4_000_000, Keys);
        Verify(i => (i - 500L) << 40, Keys);
        Verify(i => (ulong)i << 54, Keys);
        Verify(i => (nint)i, Keys);
        Verify(i => (Int128)i << 100, Keys);
    }

    [Fact]
    public void Keys_may_be_other_primitives()
    {
        Verify(i => i == 1, 2);
        Verify(i => (char)i, Keys);
        Verify(i => i / 8.0, Keys);
        Verify(i => i / 8f, Keys);
        Verify(i => i / 8m, Keys);
    }

    [Fact]
    public void Keys_may_be_enums() => Verify(i => (Colour)(i - 1), 3);

    [Fact]
    public void Keys_may_be_structs_of_the_runtime()
    {
        Verify(i => new Guid(i, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10), Keys);
        Verify(i => DateTime.UnixEpoch.AddDays(i), Keys);
        Verify(i => (i, $"{i}"), Keys);
        Verify(i => (i, (long)-i, (byte)i), Keys);
    }

    [Fact]
    public void Keys_may_be_records()
    {
        Verify(i => new PersonRecord(i, $"{i}"), Keys);
        Verify(i => new PointRecord(i, -i), Keys);
    }

    [Fact]
    public void Keys_may_be_strings_of_any_length()
    {
        Verify(i => new string('x', i), Keys);
        Verify(i => $"{i}", Keys);
        Verify(i => $"a common prefix that is longer than a block of the hash {i}", Keys);
    }

    [Fact]
    public void Keys_may_be_objects_and_interfaces()
    {
        Verify<object>(i => i % 2 == 0 ? i : $"{i}", Keys);
        Verify<IComparable>(i => i, Keys);
        Verify<Type>(i => i == 0 ? typeof(int) : typeof(string), 2);
    }

    [Fact]
    public void Keys_may_be_structs_with_references_and_a_comparer()
        => Verify(i => new Tagged($"{i % 10}", i), Keys, new TaggedComparer());

    [Fact]
    public void Keys_may_be_strings_that_differ_in_case_only()
    {
        using Cache<string, int> ordinal = TestCache.Of<string, int>(capacity: 10, comparer: StringComparer.Ordinal);
        using Cache<string, int> ignoring = TestCache.Of<string, int>(capacity: 10, comparer: StringComparer.OrdinalIgnoreCase);
        foreach (Cache<string, int> cache in new[] { ordinal, ignoring })
        {
            cache.Set("Key", 1);
            cache.Set("KEY", 2);
        }

        Assert.Equal(2, ordinal.Count);
        Assert.Equal(1, ignoring.Count);
        Assert.Equal(2, ignoring.GetMany(["key"])["key"]);
        Assert.Equal("Key", Assert.Single(ignoring).Key);
    }

    [Fact]
    public void A_comparer_decides_for_every_type_of_key()
    {
        Verify(i => i, Keys, ScriptedComparer<int>.AllCollide(), keys: 100);
        Verify(i => new Guid(i, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10), Keys, new ScriptedComparer<Guid>());
        Verify(i => $"{i}", Keys, new ScriptedComparer<string>());
        Verify(i => new PersonRecord(i, "x"), Keys, ScriptedComparer<PersonRecord>.AllCollide(), keys: 100);

        using Cache<int, int> modulo = TestCache.Of<int, int>(capacity: 10, comparer: new ModuloTen());
        modulo.Set(3, 1);
        Assert.False(modulo.TryAdd(13, 2));
        Assert.True(modulo.TryRemove(23));
        Assert.Equal(0, modulo.Count);
    }

    private static void Verify<TKey>(Func<int, TKey> key, int count, IEqualityComparer<TKey>? comparer = null, int? keys = null)
        where TKey : notnull
    {
        count = keys ?? count;
        using Cache<TKey, int> inPlace = TestCache.Of<TKey, int>(capacity: 2 * Keys, comparer: comparer);
        using Cache<TKey, Wide> boxed = TestCache.Of<TKey, Wide>(capacity: 2 * Keys, comparer: comparer);
        Verify(inPlace, key, number => number, count);
        Verify(boxed, key, number => new Wide(number, -number, $"{number}"), count);
    }

    private static void Verify<TKey, TValue>(Cache<TKey, TValue> cache, Func<int, TKey> key, Func<int, TValue> value, int count)
        where TKey : notnull
    {
        for (int i = 0; i < count; i++)
        {
            Assert.False(cache.ContainsKey(key(i)), $"{typeof(TKey)} {i} before it was set");
            Assert.True(cache.TryAdd(key(i), value(-1)));
            Assert.True(cache.Set(key(i), value(i)));
        }

        for (int i = 0; i < count; i++)
        {
            Assert.True(cache.TryGet(key(i), out TValue? found), $"{typeof(TKey)} {i}");
            Assert.Equal(value(i), found);
            Assert.True(cache.TryUpdate(key(i), value(i + 1), value(i)));
            Assert.Equal(value(i + 1), cache.GetOrAdd(key(i), _ => value(-1)));
        }

        Assert.Equal(count, cache.Count);
        Assert.Equal(count, cache.Select(entry => entry.Key).Distinct().Count());
        cache.AssertConsistent();
        for (int i = 0; i < count; i += 2)
        {
            Assert.True(cache.TryRemove(key(i), out TValue? removed));
            Assert.Equal(value(i + 1), removed);
        }

        for (int i = 0; i < count; i++)
        {
            Assert.Equal(i % 2 == 1, cache.ContainsKey(key(i)));
        }

        cache.AssertConsistent();
    }

    private sealed class ModuloTen : IEqualityComparer<int>
    {
        public bool Equals(int x, int y) => x % 10 == y % 10;

        public int GetHashCode(int obj) => obj % 10;
    }
}
