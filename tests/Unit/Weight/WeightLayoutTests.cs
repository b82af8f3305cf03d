using System.Numerics;
using FastCache.Sharding;
using Xunit;

namespace FastCache.Tests.Unit.Weight;

/// <summary>How a limit of weight is divided over shards.</summary>
public sealed class WeightLayoutTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 4)]
    [InlineData(1_000_003, 8)]
    [InlineData(long.MaxValue, 64)]
    public void The_limits_of_the_shards_add_up_and_differ_by_one_at_most(long limit, int shards)
    {
        ShardLayout layout = Layout(limit, shards: shards);

        long[] limits = [.. Enumerable.Range(0, shards).Select(shard => layout.SizeOf(shard).Limit)];
        Assert.Equal(limit, limits.Sum());
        Assert.InRange(limits.Max() - limits.Min(), 0, 1);
        Assert.True(limits.Min() >= 1);
    }

    [Theory]
    [InlineData(100, 100, 1)]
    [InlineData(100, 51, 1)]
    [InlineData(100, 50, 2)]
    [InlineData(1_000_000, 300_000, 2)]
    [InlineData(1_000_000, 1_000_000, 1)]
    public void Every_shard_has_room_for_the_heaviest_entry(long limit, int heaviest, int most)
    {
        ShardLayout layout = Layout(limit, heaviest, expected: 1_000_000);

        Assert.True(BitOperations.IsPow2(layout.Count));
        Assert.Equal(most, layout.Count);
        Assert.All(Enumerable.Range(0, layout.Count), shard =>
        {
            Assert.Equal(heaviest, layout.SizeOf(shard).MaxEntryWeight);
            Assert.True(layout.SizeOf(shard).Limit >= heaviest);
        });
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1023)]
    [InlineData(1024)]
    [InlineData(5000)]
    [InlineData(10_000_000)]
    public void As_many_shards_as_for_a_capacity_of_the_entries_expected(int expected)
    {
        var unweighted = ShardLayout.For(new CacheOptions<int, int> { Capacity = expected });

        ShardLayout layout = Layout(long.MaxValue, expected: expected);

        Assert.Equal(unweighted.Count, layout.Count);
        int[] parts = [.. Enumerable.Range(0, layout.Count).Select(shard => layout.SizeOf(shard).ExpectedEntries)];
        Assert.Equal(expected, parts.Sum());
        Assert.InRange(parts.Max() - parts.Min(), 0, 1);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(500, 500)]
    [InlineData(10_000, 10_000)]
    [InlineData(1L << 40, 10_000)]
    public void By_default_as_many_entries_are_expected_as_the_limit_or_ten_thousand(long limit, int expected)
    {
        ShardLayout layout = Layout(limit);

        Assert.Equal(expected, Enumerable.Range(0, layout.Count).Sum(shard => layout.SizeOf(shard).ExpectedEntries));
    }

    [Fact]
    public void A_shard_expects_an_entry_at_least()
    {
        ShardLayout layout = Layout(1000, expected: 2, shards: 8);

        Assert.All(Enumerable.Range(0, 8), shard => Assert.Equal(1, layout.SizeOf(shard).ExpectedEntries));
    }

    [Fact]
    public void The_number_of_shards_is_the_one_asked_for()
    {
        Assert.Equal(16, Layout(16, shards: 16).Count);
        Assert.Equal(1, Layout(long.MaxValue, expected: 1_000_000, shards: 1).Count);
    }

    private static ShardLayout Layout(long limit, int? heaviest = null, int? expected = null, int? shards = null)
    {
        var options = new CacheOptions<int, int>
        {
            WeightLimit = limit,
            Weigher = static (_, weight) => weight,
            MaxEntryWeight = heaviest,
            ExpectedEntries = expected,
            ShardCount = shards,
        };
        CacheOptionsValidator.Validate(options);
        return ShardLayout.For(options);
    }
}
