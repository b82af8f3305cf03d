using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit;

/// <summary>Values of whatever size come back as they were set, whether they are stored in place or behind a reference.</summary>
public sealed class CacheValueTypeTests
{
    [Fact]
    public void Values_may_be_of_one_two_four_or_eight_bytes()
    {
        Verify(i => i % 2 == 0);
        Verify(i => (byte)i);
        Verify(i => (short)-i);
        Verify(i => (char)i);
        Verify(i => -i);
        Verify(i => i / 8f);
        Verify(i => (long)i << 40);
        Verify(i => i / 8.0);
        Verify(i => new IntPair(i, ~i));
        Verify(i => DateTime.UnixEpoch.AddDays(i));
    }

    [Fact]
    public void Values_may_be_structs_of_no_even_size()
    {
        Verify(_ => default(Nothing));
        Verify(i => new ThreeBytes((byte)i, (byte)(i >> 8), 3));
        Verify(i => ((byte)i, (short)i, (byte)(i + 1)));
    }

    [Fact]
    public void Values_may_be_wider_than_a_word()
    {
        Verify(i => i / 8m);
        Verify(i => new Guid(i, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10));
        Verify(i => (Int128)i << 100);
        Verify(i => new WordAndReference(i, $"{i}"));
        Verify(i => new Wide(i, -i, $"{i}"));
        Verify(Huge.Of);
    }

    [Fact]
    public void Values_may_be_references()
    {
        Verify(i => $"{i}");
        Verify(i => new PersonRecord(i, $"{i}"));
        Verify(i => new OneReference($"{i}"));
        Verify<object>(i => i);
    }

    [Fact]
    public void Values_may_be_absent()
    {
        Verify(i => i % 2 == 0 ? $"{i}" : null);
        Verify(i => i % 2 == 0 ? (int?)i : null);
        Verify(i => i % 2 == 0 ? (long?)i : null);
        Verify(i => i % 2 == 0 ? (byte?)i : null);
    }

    private static void Verify<TValue>(Func<int, TValue> value)
    {
        Verify(value, i => (long)i);
        Verify(value, i => $"{i}");
    }

    private static void Verify<TValue, TKey>(Func<int, TValue> value, Func<int, TKey> key)
        where TKey : notnull
    {
        const int Count = 300;
        using Cache<TKey, TValue> cache = TestCache.Of<TKey, TValue>(capacity: 2 * Count);
        for (int i = 0; i < Count; i++)
        {
            cache.Set(key(i), value(i + 7));
            cache.Set(key(i), value(i));
        }

        for (int i = 0; i < Count; i++)
        {
            Assert.True(cache.TryGet(key(i), out TValue? found));
            Assert.Equal(value(i), found);
            Assert.True(cache.TryPeek(key(i), out found));
            Assert.Equal(value(i), found);
            Assert.True(cache.TryUpdate(key(i), value(i + 1), value(i)));
            Assert.Equal(value(i + 2), cache.AddOrUpdate(key(i), value(0), (_, _) => value(i + 2)));
            Assert.Equal(value(i + 2), cache.GetOrAdd(key(i), _ => value(0)));
        }

        Assert.Equal(
            Enumerable.Range(0, Count).ToDictionary(key, i => value(i + 2)),
            cache.ToDictionary());
        for (int i = 0; i < Count; i++)
        {
            Assert.True(cache.TryRemove(key(i), out TValue? removed));
            Assert.Equal(value(i + 2), removed);
        }

        Assert.Equal(0, cache.Count);
        cache.AssertConsistent();
    }
}
