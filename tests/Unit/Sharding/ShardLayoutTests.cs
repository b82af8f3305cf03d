using System.Numerics;
using FastCache.Sharding;
using FastCache.Table;
using Xunit;

namespace FastCache.Tests.Unit.Sharding;

public class ShardLayoutTests
{
    public static TheoryData<int> Capacities
        => [1, 2, 511, 512, 1023, 1024, 1025, 2047, 2048, 5000, 65_536, 1_000_001, 200_000_000, (16 * TableSize.MaxEntries) + 16, int.MaxValue];

    [Theory]
    [MemberData(nameof(Capacities))]
    public void The_default_is_a_power_of_two_with_at_least_512_entries_a_shard(int capacity)
    {
        var layout = Layout(capacity, null);

        Assert.True(BitOperations.IsPow2(layout.Count));
        Assert.InRange(layout.Count, 1, KeyHash.MaxShards);
        Assert.True(layout.Count == 1 || layout.SizeOf(layout.Count - 1).Limit >= 512);
        Assert.InRange(layout.SizeOf(0).Limit, 1, TableSize.MaxEntries);
    }

    [Fact]
    public void Below_1024_entries_there_is_one_shard()
    {
        Assert.All(Enumerable.Range(1, 1023), capacity => Assert.Equal(1, Layout(capacity, null).Count));
        Assert.InRange(Layout(1024, null).Count, 2, 2);
    }

    [Fact]
    public void A_default_of_many_entries_has_some_shards_a_core()
    {
        int expected = (int)BitOperations.RoundUpToPowerOf2((uint)(4 * Environment.ProcessorCount));

        Assert.Equal(expected, Layout(10_000_000, null).Count);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(100, 64)]
    [InlineData(128, 128)]
    [InlineData(1000, 8)]
    [InlineData(int.MaxValue, 65_536)]
    public void The_number_of_shards_is_the_one_asked_for(int capacity, int shards)
        => Assert.Equal(shards, Layout(capacity, shards).Count);

    [Fact]
    public void The_parts_of_all_shards_add_up_and_differ_by_one_at_most()
    {
        foreach (int shards in new[] { 1, 2, 8, 64 })
        {
            foreach (int capacity in new[] { 64, 65, 127, 1000, 4095, 1_000_003, int.MaxValue })
            {
                var layout = Layout(capacity, shards);
                int[] capacities = [.. Enumerable.Range(0, shards).Select(shard => (int)layout.SizeOf(shard).Limit)];
                int[] parts = [.. Enumerable.Range(0, shards).Select(shard => (int)layout.PartOf(capacity / 3, shard))];

                Assert.Equal(capacity, capacities.Sum());
                Assert.InRange(capacities.Max() - capacities.Min(), 0, 1);
                Assert.True(capacities.Min() >= 1);
                Assert.Equal(capacity / 3, parts.Sum());
                Assert.InRange(parts.Max() - parts.Min(), 0, 1);
                Assert.All(parts.Zip(capacities), pair => Assert.True(pair.First <= pair.Second));
            }
        }
    }

    [Theory]
    [InlineData(1000, null)]
    [InlineData(1000, 1)]
    [InlineData(1000, 512)]
    [InlineData(1, 1)]
    [InlineData(1024, 1024)]
    [InlineData(int.MaxValue, 32)]
    [InlineData(int.MaxValue, KeyHash.MaxShards)]
    public void A_possible_number_is_no_fault(int capacity, int? shards) => Assert.Empty(Faults(capacity, shards));

    [Theory]
    [InlineData(1000, 0)]
    [InlineData(1000, -8)]
    [InlineData(1000, 3)]
    [InlineData(1000, 1024)]
    [InlineData(1, 2)]
    [InlineData(int.MaxValue, 2 * KeyHash.MaxShards)]
    [InlineData(1000, int.MinValue)]
    public void A_number_that_is_no_power_of_two_or_out_of_range_is_a_fault(int capacity, int shards)
    {
        string fault = Assert.Single(Faults(capacity, shards));

        Assert.Contains($"{shards}", fault, StringComparison.Ordinal);
        Assert.Contains(
            $"power of two from 1 to {Math.Min(capacity, KeyHash.MaxShards)}", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(16)]
    public void Shards_too_large_for_a_table_are_a_fault(int shards)
    {
        string fault = Assert.Single(Faults(int.MaxValue, shards));

        Assert.Contains($"{TableSize.MaxEntries}", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Faults_are_added_to_those_found_before()
    {
        List<string> faults = ["before"];

        ShardLayout.Validate(1000, 1, 3, faults);

        Assert.Equal(2, faults.Count);
    }

    private static List<string> Faults(int capacity, int? shards)
    {
        try
        {
            CacheOptionsValidator.Validate(Options(capacity, shards));
            return [];
        }
        catch (CacheOptionsException exception)
        {
            return [.. exception.Faults];
        }
    }

    private static ShardLayout Layout(int capacity, int? shards) => ShardLayout.For(Options(capacity, shards));

    private static CacheOptions<int, int> Options(int capacity, int? shards)
        => new() { Capacity = capacity, ShardCount = shards };
}
