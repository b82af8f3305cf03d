using FastCache.Eviction;
using FastCache.Journaling;
using FastCache.Tests.Schedules.Search;
using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Schedules.Scenarios;

/// <summary>What was put back is brought in order while somebody writes: what is newer stands before it.</summary>
public sealed class RearrangeScenarios(ITestOutputHelper output)
{
    private const int Restored = 3;

    [Fact]
    public void A_new_key() => Explore(static cache => cache.Set(9, "new"), [9, 1, 2, 3]);

    [Fact]
    public void A_removal() => Explore(static cache => cache.TryRemove(2), [1, 3]);

    [Fact]
    public void A_removal_and_a_newer_value()
        => Explore(
            static cache =>
            {
                cache.TryRemove(2);
                cache.Set(2, "newer");
            },
            [2, 1, 3]);

    [Fact]
    public void A_clear() => Explore(static cache => cache.Clear(), []);

    [Fact]
    public void Disposal() => Explore(static cache => cache.Dispose(), []);

    [Fact]
    public void The_table_grows()
        => Explore(
            static cache => cache.SetMany(Enumerable.Range(11, Caches.FullAt).Select(static key => KeyValuePair.Create(key, Caches.Value(key)))),
            [.. Enumerable.Range(11, Caches.FullAt), 1, 2, 3],
            newer: Caches.FullAt);

    /// <param name="write">What happens meanwhile.</param>
    /// <param name="left">The keys from the head of the queue to its tail, in the end.</param>
    /// <param name="newer">So many of them are newer: while they come they may overtake each other.</param>
    private void Explore(Action<Cache<int, string>> write, int[] left, int newer = 1)
        => output.WriteLine(ScheduleSearch.Explore(() =>
        {
            Cache<int, string> cache = Caches.Create<int, string>(
                3 * Caches.FullAt,
                static options => (options.InitialCapacity, options.Eviction) = (1, EvictionPolicy.Lru),
                new RecordingJournal<int, string> { Before = Restored });
            for (int key = 1; key <= Restored; key++)
            {
                Caches.Restore(cache, key, "old", (ulong)key);
            }

            return new Plan<int, string>(cache)
                .Thread(() => cache.Rearrange(new KeyOrder()))
                .Thread(() => write(cache))
                .AtEnd(() =>
                {
                    int[] keys = [.. cache.CollectStandings().Select(static ranked => ranked.Key)];
                    Array.Sort(keys, 0, Math.Min(newer, keys.Length));
                    Assert.Equal(left, keys);
                });
        }));

    /// <summary>The smaller the key the hotter.</summary>
    private sealed class KeyOrder : IRestoredOrder
    {
        public bool TryGetRank(ulong position, out int rank, out EntryStanding standing)
        {
            (rank, standing) = ((int)position, new EntryStanding(SlotQueue.Window, IsReferenced: false, Frequency: 0));
            return position <= Restored;
        }
    }
}
