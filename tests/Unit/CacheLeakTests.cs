using System.Runtime.CompilerServices;
using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit;

/// <summary>Gate: a cache keeps alive what it holds and nothing else, and nothing keeps alive a cache.</summary>
public sealed class CacheLeakTests
{
    // The caches have room for twice as many from the beginning: else a table becomes smaller when they are gone, and what it keeps goes
    // with it.
    private const int Entries = 200;

    public static TheoryData<string> Endings => ["removed", "evicted", "replaced", "cleared", "disposed"];

    [Theory]
    [MemberData(nameof(Endings))]
    public void What_a_cache_gave_up_can_be_collected(string ending)
    {
        using Cache<object, object> cache = TestCache.Of<object, object>(2 * Entries, initialCapacity: 2 * Entries);
        List<WeakReference> gone = FillAndEnd(cache, ending, _ => new object(), _ => new object());

        AssertCollected(gone);
        GC.KeepAlive(cache);
    }

    [Theory]
    [MemberData(nameof(Endings))]
    public void What_a_cache_of_structs_with_references_gave_up_can_be_collected(string ending)
    {
        using Cache<(int, object), Wide> cache = TestCache.Of<(int, object), Wide>(2 * Entries, initialCapacity: 2 * Entries);
        List<WeakReference> gone = FillAndEnd(cache, ending, i => (i, new object()), i => new Wide(i, i, new string('x', i + 1)));

        AssertCollected(gone);
        GC.KeepAlive(cache);
    }

    [Fact]
    public void What_a_cache_holds_stays_alive()
    {
        using Cache<int, object> cache = TestCache.Of<int, object>(10);
        WeakReference value = Add(cache);

        GC.Collect();

        Assert.True(value.IsAlive);
        Assert.True(cache.ContainsKey(1));

        [MethodImpl(MethodImplOptions.NoInlining)]
        static WeakReference Add(Cache<int, object> cache)
        {
            object value = new();
            cache.Set(1, value);
            return new WeakReference(value);
        }
    }

    [Fact(Timeout = Wait.Watchdog)]
    public Task A_forgotten_cache_can_be_collected_though_maintenance_ran()
        => Task.Run(() => AssertCollected(MakeMaintainAndForget()), TestContext.Current.CancellationToken);

    [Fact(Timeout = Wait.Watchdog)]
    public Task Maintenance_keeps_alive_nothing_of_the_caller_who_asked_for_it_first()
        => Task.Run(
            () =>
            {
                using Cache<int, int> cache = TestCache.Of<int, int>(capacity: 20_000);
                AssertCollected([MaintainFromAContext(cache)]);
                GC.KeepAlive(cache);
            },
            TestContext.Current.CancellationToken);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference MaintainFromAContext(Cache<int, int> cache)
    {
        object inContext = new();
        Crew.Run(1, _ =>
        {
            new AsyncLocal<object>().Value = inContext;
            Maintain(cache);
        });
        return new WeakReference(inContext);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static List<WeakReference> MakeMaintainAndForget()
    {
        // Not disposed, on purpose.
#pragma warning disable CA2000
        Cache<int, int> cache = TestCache.Of<int, int>(capacity: 20_000);
#pragma warning restore CA2000
        Maintain(cache);

        // The actor knows the shards, and they the tables; neither knows the cache.
        return [new WeakReference(cache), new WeakReference(TableAccess.TableOf(cache))];
    }

    private static void Maintain(Cache<int, int> cache)
    {
        cache.SetMany(Enumerable.Range(0, 20_000).Select(i => KeyValuePair.Create(i, i)));
        int full = TableAccess.SlotsOf(cache);
        cache.RemoveMany(Enumerable.Range(0, 19_990));

        // The table shrinks in the background and in no other way.
        Wait.Until(() => TableAccess.SlotsOf(cache) < full);
        Assert.Equal(10, cache.Count);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static List<WeakReference> FillAndEnd<TKey, TValue>(
        Cache<TKey, TValue> cache, string ending, Func<int, TKey> makeKey, Func<int, TValue> makeValue)
        where TKey : notnull
    {
        var watched = new List<WeakReference>();
        TKey[] keys = [.. Enumerable.Range(0, Entries).Select(makeKey)];
        for (int i = 0; i < Entries; i++)
        {
            TValue value = makeValue(i);
            cache.Set(keys[i], value);
            watched.Add(new WeakReference(Part(value)));
            if (ending != "replaced")
            {
                watched.Add(new WeakReference(Part(keys[i])));
            }
        }

        Assert.Equal(Entries, cache.Count);
        End(cache, ending, keys, makeKey, makeValue);
        return watched;
    }

    private static void End<TKey, TValue>(
        Cache<TKey, TValue> cache, string ending, TKey[] keys, Func<int, TKey> makeKey, Func<int, TValue> makeValue)
        where TKey : notnull
    {
        switch (ending)
        {
            case "removed":
                Assert.Equal(Entries, cache.RemoveMany(keys));
                break;
            case "evicted":
                for (int first = Entries; keys.Any(cache.ContainsKey); first += Entries)
                {
                    // The newcomers are asked for, and so are worth more than those who must go.
                    TKey[] others = [.. Enumerable.Range(first, Entries).Select(makeKey)];
                    cache.SetMany(others.Select(key => KeyValuePair.Create(key, makeValue(1))));
                    cache.GetMany(others);
                }

                break;
            case "replaced":
                cache.SetMany(keys.Select((key, i) => KeyValuePair.Create(key, makeValue(i))));
                break;
            case "cleared":
                cache.Clear();
                break;
            default:
                cache.Dispose();
                break;
        }
    }

    private static object Part<T>(T item) => item switch
    {
        ValueTuple<int, object> pair => pair.Item2,
        Wide wide => wide.Text,
        _ => item!,
    };

    private static void AssertCollected(List<WeakReference> references)
    {
        // A thread that has just ended its work may still have a reference on its stack.
        for (int attempt = 0; attempt < 20 && references.Exists(reference => reference.IsAlive); attempt++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            Thread.Yield();
        }

        Assert.Equal(0, references.Count(reference => reference.IsAlive));
    }
}
