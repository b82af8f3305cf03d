using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Stress;

/// <summary>Two threads and one key, round after round: updates in place against what moves or removes the entry.</summary>
public sealed class UpdateRaceTests
{
    private const int Rounds = 60;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_update_is_not_lost_while_the_table_changes_its_size(bool byUpdate)
    {
        for (int round = 0; round < Rounds; round++)
        {
            using Cache<int, int> cache = TestCache.Of<int, int>(capacity: 4000);
            cache.Set(0, 0);
            int isDone = 0;
            Crew.RunPair(
                () =>
                {
                    // Grows step by step; the removal makes the actor shrink the table while it grows again.
                    cache.SetMany(Enumerable.Range(1, 2000).Select(key => KeyValuePair.Create(key, key)));
                    Assert.Equal(2000, cache.RemoveMany(Enumerable.Range(1, 2000)));
                    cache.SetMany(Enumerable.Range(1, 500).Select(key => KeyValuePair.Create(key, key)));
                    Volatile.Write(ref isDone, 1);
                },
                () =>
                {
                    for (int i = 1; Volatile.Read(ref isDone) == 0; i++)
                    {
                        Assert.True(byUpdate ? cache.TryUpdate(0, i) : cache.Set(0, i));
                        Assert.True(cache.TryGet(0, out int value));
                        Assert.Equal(i, value);
                    }
                });
            Assert.Equal(501, cache.Count);
        }
    }

    [Fact]
    public void A_removal_gives_the_value_of_the_last_update()
    {
        using Cache<int, int> cache = TestCache.Of<int, int>(capacity: 10);
        int last = 0;
        int removed = 0;
        for (int round = 0; round < 10 * Rounds; round++)
        {
            cache.Set(0, 0);
            Crew.RunPair(
                () =>
                {
                    int value = 0;
                    while (cache.TryUpdate(0, value + 1, value))
                    {
                        value++;
                    }

                    last = value;
                },
                () => Assert.True(cache.TryRemove(0, out removed)));

            Assert.Equal(last, removed);
            Assert.False(cache.ContainsKey(0));
        }

        cache.AssertConsistent();
    }

    [Fact]
    public void A_clear_removes_what_is_being_updated()
    {
        using Cache<int, int> cache = TestCache.Of<int, int>(capacity: 100);
        for (int round = 0; round < 10 * Rounds; round++)
        {
            cache.SetMany(Enumerable.Range(0, 30).Select(i => KeyValuePair.Create(i, i)));
            Crew.RunPair(
                () =>
                {
                    for (int i = 0; cache.TryUpdate(i % 30, i); i++)
                    {
                    }
                },
                () =>
                {
                    cache.Clear();
                    Assert.Equal(0, cache.Count);
                    Assert.False(cache.ContainsKey(0));
                });
        }

        cache.AssertConsistent();
    }

    [Fact]
    public void Every_addition_can_be_removed_once()
    {
        const int Steps = 100_000;
        using Cache<int, int> cache = TestCache.Of<int, int>(capacity: 10);
        int balance = 0;
        Crew.Run(4, thread =>
        {
            for (int i = 0; i < Steps; i++)
            {
                int key = i % 3;
                if (cache.TryAdd(key, thread))
                {
                    Interlocked.Increment(ref balance);
                }

                if ((i % 2 == 0 ? cache.TryRemove(key) : cache.TryRemove(KeyValuePair.Create(key, thread)))
                    || cache.TryRemove((key + 1) % 3, out _))
                {
                    Interlocked.Decrement(ref balance);
                }
            }
        });

        Assert.Equal(balance, cache.Count);
        cache.AssertConsistent();
    }

    [Fact]
    public void All_who_ask_for_an_absent_key_get_the_value_that_was_added()
    {
        const int Keys = 20_000;
        using Cache<int, object> cache = TestCache.Of<int, object>(capacity: Keys, shards: 1);
        object[][] results = [new object[Keys], new object[Keys], new object[Keys]];

        Crew.Run(results.Length, thread =>
        {
            for (int key = 0; key < Keys; key++)
            {
                results[thread][key] = cache.GetOrAdd(key, static _ => new object());
            }
        });

        for (int key = 0; key < Keys; key++)
        {
            Assert.True(cache.TryGet(key, out object? value));
            Assert.All(results, result => Assert.Same(value, result[key]));
        }
    }
}
