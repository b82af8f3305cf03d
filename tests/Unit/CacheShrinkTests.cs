using System.Runtime.CompilerServices;
using FastCache.Table;
using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit;

/// <summary>A cache that has become nearly empty gives its memory back, in the background.</summary>
public sealed class CacheShrinkTests
{
    private const int Capacity = 100_000;
    private const int Left = 1000;

    [Theory(Timeout = Wait.Watchdog)]
    [InlineData("cleared")]
    [InlineData("removed")]
    public Task A_table_that_grew_becomes_small_again_and_works_on(string emptied)
        => Task.Run(
            () =>
            {
                using Cache<long, string> cache = TestCache.Of<long, string>(Capacity);
                int initial = TableAccess.SlotsOf(cache);
                WeakReference large = Fill(cache);
                int full = TableAccess.SlotsOf(cache);

                Empty(cache, emptied);
                Wait.Until(() => TableAccess.SlotsOf(cache) <= full / 8);
                Wait.Until(() => IsCollected(large));

                Assert.True(full > 100 * initial);
                Verify(cache, emptied == "cleared" ? 0 : Left);
            },
            TestContext.Current.CancellationToken);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Fill(Cache<long, string> cache)
    {
        cache.SetMany(Enumerable.Range(0, Capacity).Select(i => KeyValuePair.Create((long)i, $"{i}")));
        Table<long, string> table = TableAccess.TableOf(cache);
        return new WeakReference(table);
    }

    private static bool IsCollected(WeakReference reference)
    {
        GC.Collect();
        return !reference.IsAlive;
    }

    private static void Empty(Cache<long, string> cache, string how)
    {
        if (how == "cleared")
        {
            cache.Clear();
        }
        else
        {
            int removed = Capacity - Left;
            Assert.Equal(removed, cache.RemoveMany(Enumerable.Range(Left, removed).Select(i => (long)i)));
        }
    }

    private static void Verify(Cache<long, string> cache, int left)
    {
        cache.AssertConsistent();
        Assert.Equal(Enumerable.Range(0, left).Select(i => (long)i), cache.Select(entry => entry.Key).Order());
        Assert.All(cache, entry => Assert.Equal($"{entry.Key}", entry.Value));
        cache.SetMany(Enumerable.Range(0, Capacity).Select(i => KeyValuePair.Create((long)i, $"again {i}")));
        Assert.Equal(Capacity, cache.Count);
        Assert.All(cache, entry => Assert.Equal($"again {entry.Key}", entry.Value));
        cache.AssertConsistent();
    }
}
