using System.Collections;
using FastCache.Diagnostics;
using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit;

public sealed class CacheEnumerationTests
{
    [Fact]
    public void Every_entry_is_given_exactly_once()
    {
        using Cache<int, int> cache = TestCache.Of<int, int>(capacity: 4000, shards: 4);
        cache.SetMany(Enumerable.Range(0, 900).Select(i => KeyValuePair.Create(i, i * 2)));

        Assert.Equal(
            Enumerable.Range(0, 900).Select(i => KeyValuePair.Create(i, i * 2)),
            cache.OrderBy(entry => entry.Key));
    }

    [Fact]
    public void Values_behind_references_are_given_too()
    {
        using Cache<string, Wide> cache = TestCache.Of<string, Wide>(capacity: 10);
        cache.Set("a", new Wide(1, 2, "three"));

        Assert.Equal(KeyValuePair.Create("a", new Wide(1, 2, "three")), Assert.Single(cache));
    }

    [Fact]
    public void Both_interfaces_give_the_same_entries()
    {
        using var cache = new Cache<int, int>(10);
        cache.SetMany([new(1, 10), new(2, 20)]);

        Assert.Equal([10, 20], cache.AsEnumerable().Select(entry => entry.Value).Order());
        Assert.Equal(2, ((IEnumerable)cache).Cast<KeyValuePair<int, int>>().Count());
    }

    [Fact]
    public void An_enumerator_that_is_reset_starts_again()
    {
        using Cache<int, int> cache = TestCache.Of<int, int>(capacity: 4000, shards: 4);
        cache.SetMany(Enumerable.Range(0, 100).Select(i => KeyValuePair.Create(i, i)));
        Cache<int, int>.Enumerator enumerator = cache.GetEnumerator();
        int[] first = Drain(ref enumerator);

        enumerator.Reset();
        Assert.True(enumerator.MoveNext());
        Assert.True(enumerator.MoveNext());
        enumerator.Reset();
        int[] second = Drain(ref enumerator);

        Assert.False(enumerator.MoveNext());
        Assert.Equal(100, first.Length);
        Assert.Equal(first, second);
        enumerator.Dispose();
    }

    [Fact]
    public void Enumerating_has_no_effect_on_how_long_entries_are_kept()
    {
        using Cache<int, int> cache = TestCache.Of<int, int>(capacity: 2, EvictionPolicy.Lru);
        cache.SetMany([new(1, 1), new(2, 2)]);

        // If it had, both would be referenced, and the second round would spare neither or both.
        cache.TryGet(2, out _);
        Assert.Equal(2, Enumerable.ToArray(cache).Length);
        cache.Set(3, 3);

        Assert.False(cache.ContainsKey(1));
        Assert.True(cache.ContainsKey(2));
    }

    [Fact]
    public void Entries_that_stay_are_given_exactly_once_while_others_come_and_go()
    {
        using Cache<int, int> cache = TestCache.Of<int, int>(capacity: 20_000, shards: 4);
        cache.SetMany(Enumerable.Range(0, 1000).Select(i => KeyValuePair.Create(i, i)));
        int[] seen = new int[1000];
        int added = 1000;

        // Grows every table several times, replaces, and removes what it added.
        foreach ((int key, int value) in cache)
        {
            for (int i = 0; i < 8 && added < 15_000; i++)
            {
                cache.Set(added++, 0);
            }

            cache.Set(key, value);
            cache.TryRemove(added - 4);
            if (key < 1000)
            {
                Assert.Equal(key, value);
                seen[key]++;
            }
        }

        Assert.All(seen, times => Assert.Equal(1, times));
    }

    [Fact]
    public void Every_entry_can_be_removed_while_it_is_enumerated()
    {
        using Cache<int, int> cache = TestCache.Of<int, int>(capacity: 3000, shards: 4);
        cache.SetMany(Enumerable.Range(0, 2000).Select(i => KeyValuePair.Create(i, i)));

        foreach ((int key, _) in cache)
        {
            Assert.True(cache.TryRemove(key));
        }

        Assert.Equal(0, cache.Count);
        cache.AssertConsistent();
    }

    [Fact]
    public void A_cache_can_be_copied_into_another_and_into_itself()
    {
        using Cache<int, int> source = TestCache.Of<int, int>(capacity: 1000, shards: 4);
        using Cache<int, int> target = TestCache.Of<int, int>(capacity: 4000, shards: 1);
        source.SetMany(Enumerable.Range(0, 200).Select(i => KeyValuePair.Create(i, i)));

        Assert.Equal(source.Count, target.SetMany(source));
        Assert.Equal(source.Count, source.SetMany(source));

        Assert.Equal(source.ToDictionary(), target.ToDictionary());
    }

    [Fact]
    public void An_enumeration_survives_clear_and_dispose()
    {
        foreach (Action<Cache<int, int>> emptied in new Action<Cache<int, int>>[] { cache => cache.Clear(), cache => cache.Dispose() })
        {
            using Cache<int, int> cache = TestCache.Of<int, int>(capacity: 100);
            cache.SetMany(Enumerable.Range(0, 50).Select(i => KeyValuePair.Create(i, i)));
            using Cache<int, int>.Enumerator enumerator = cache.GetEnumerator();
            Assert.True(enumerator.MoveNext());

            emptied(cache);

            while (enumerator.MoveNext())
            {
                Assert.Equal(enumerator.Current.Key, enumerator.Current.Value);
            }

            Assert.Empty(cache);
        }
    }

    [Fact]
    public void Entries_that_stay_are_given_exactly_once_while_another_thread_writes()
    {
        using Cache<int, int> cache = TestCache.Of<int, int>(capacity: 50_000, shards: 4);
        cache.SetMany(Enumerable.Range(0, 500).Select(i => KeyValuePair.Create(i, i)));
        int done = 0;
        Crew.Run(2, thread =>
        {
            if (thread == 0)
            {
                for (int round = 0; round < 50; round++)
                {
                    Assert.Equal(Enumerable.Range(0, 500), cache.Select(entry => entry.Key).Where(key => key < 500).Order());
                }

                Volatile.Write(ref done, 1);
                return;
            }

            for (int i = 0; Volatile.Read(ref done) == 0; i = (i + 1) % 40_000)
            {
                cache.Set(500 + i, i);
                cache.TryUpdate(i % 500, i % 500);
                cache.TryRemove(500 + ((i * 7) % 40_000));
            }
        });
        cache.AssertConsistent();
    }

    [Fact]
    public void The_untyped_enumerator_gives_the_same_entries()
    {
        using var cache = new Cache<int, string>(10);
        cache.SetMany([new(1, "one"), new(2, "two")]);

        var entries = new List<object?>();
        foreach (object? entry in (System.Collections.IEnumerable)cache)
        {
            entries.Add(entry);
        }

        Assert.Equal(cache.Cast<object?>(), entries);
        Assert.Equal(2, entries.Count);
    }

    [Fact]
    public void The_debugger_shows_the_entries()
    {
        using var cache = new Cache<int, string>(10);
        cache.SetMany([new(1, "one"), new(2, "two")]);

        var view = new CacheDebugView<int, string>(cache);

        Assert.Equal([new(1, "one"), new(2, "two")], view.Entries.OrderBy(entry => entry.Key));
    }

    private static int[] Drain(ref Cache<int, int>.Enumerator enumerator)
    {
        var keys = new List<int>();
        while (enumerator.MoveNext())
        {
            keys.Add(enumerator.Current.Key);
        }

        return [.. keys];
    }
}
