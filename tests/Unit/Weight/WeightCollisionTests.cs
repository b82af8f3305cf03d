using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Weight;

/// <summary>Keys made to collide push each other out, pinned ones last, and every write ends.</summary>
public sealed class WeightCollisionTests
{
    public static TheoryData<EvictionPolicy> Policies => [.. Enum.GetValues<EvictionPolicy>()];

    [Theory(Timeout = Wait.Watchdog)]
    [MemberData(nameof(Policies))]
    public Task A_newcomer_is_added_though_all_that_collides_with_it_is_pinned(EvictionPolicy policy)
        => Task.Run(
            () =>
            {
                using Cache<int, int> cache = Colliding(policy);
                for (int key = 0; key < 600; key++)
                {
                    Assert.True(cache.Set(key, 0));
                    Assert.True(cache.ContainsKey(key));
                }

                Assert.Equal(240, cache.Count);
                cache.AssertConsistent();
                Assert.True(cache.Set(1000, 5));
                Assert.True(cache.ContainsKey(1000));
                Assert.Equal((240, 5), (cache.Count, cache.Weight));
                cache.AssertConsistent();
            },
            TestContext.Current.CancellationToken);

    [Theory(Timeout = Wait.Watchdog)]
    [MemberData(nameof(Policies))]
    public Task Pinned_entries_are_spared_while_another_can_go(EvictionPolicy policy)
        => Task.Run(
            () =>
            {
                using Cache<int, int> cache = Colliding(policy);
                cache.SetMany(Enumerable.Range(0, 200).Select(key => KeyValuePair.Create(key, 0)));
                for (int key = 1000; key < 2000; key++)
                {
                    Assert.True(cache.Set(key, 1 + (key % 3)));
                    cache.TryGet(key, out _);
                }

                Assert.Equal(200, cache.Count(entry => entry.Value == 0));
                Assert.Equal(240, cache.Count);
                Assert.Equal(cache.Sum(entry => entry.Value), cache.Weight);
                cache.AssertConsistent();
            },
            TestContext.Current.CancellationToken);

    [Theory(Timeout = Wait.Watchdog)]
    [MemberData(nameof(Policies))]
    public Task Weights_change_where_all_keys_collide(EvictionPolicy policy)
        => Task.Run(
            () =>
            {
                using Cache<int, int> cache = Colliding(policy);
                var random = new Random(3);
                for (int step = 0; step < 1500; step++)
                {
                    int key = random.Next(400);
                    int weight = Math.Max(0, random.Next(-10, 30));
                    Assert.Equal(cache.Set(key, weight), cache.TryPeek(key, out int found) && found == weight);
                    Assert.InRange(cache.Weight, 0, 10_000);
                }

                Assert.Equal(cache.Sum(entry => entry.Value), cache.Weight);
                cache.AssertConsistent();
            },
            TestContext.Current.CancellationToken);

    private static Cache<int, int> Colliding(EvictionPolicy policy)
        => WeightedCache.Of<int, int>(
            limit: 10_000, static (_, weight) => weight, policy, comparer: ScriptedComparer<int>.AllCollide());
}
