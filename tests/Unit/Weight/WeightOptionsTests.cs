using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Weight;

public sealed class WeightOptionsTests
{
    [Fact]
    public void A_weigher_needs_a_limit() => AssertFaults(new() { Weigher = static (_, _) => 1 }, "Weigher is set and WeightLimit is null");

    [Fact]
    public void A_limit_needs_a_weigher() => AssertFaults(new() { WeightLimit = 10 }, "WeightLimit is 10 and Weigher is null");

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    public void A_limit_below_one_is_refused(long limit) => AssertFaults(Options(limit), $"WeightLimit is {limit}");

    [Theory]
    [InlineData(5)]
    [InlineData(-5)]
    public void A_capacity_beside_a_weigher_is_refused(int capacity)
    {
        CacheOptions<int, int> options = Options(10);
        options.Capacity = capacity;

        AssertFaults(options, $"Capacity is {capacity}");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(101)]
    [InlineData(int.MaxValue)]
    public void A_heaviest_entry_outside_the_limit_is_refused(int heaviest)
    {
        CacheOptions<int, int> options = Options(100);
        options.MaxEntryWeight = heaviest;

        AssertFaults(options, $"MaxEntryWeight is {heaviest}");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(int.MaxValue)]
    public void An_expectation_out_of_range_is_refused(int entries)
    {
        CacheOptions<int, int> options = Options(100);
        options.ExpectedEntries = entries;

        AssertFaults(options, $"ExpectedEntries is {entries}");
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(int.MaxValue)]
    public void An_initial_capacity_out_of_range_is_refused(int entries)
    {
        CacheOptions<int, int> options = Options(100);
        options.InitialCapacity = entries;

        AssertFaults(options, $"InitialCapacity is {entries}");
    }

    [Theory]
    [InlineData(3, null)]
    [InlineData(128, null)]
    [InlineData(8, 20)]
    [InlineData(2, 100)]
    public void Shards_with_no_room_for_the_heaviest_entry_are_refused(int shards, int? heaviest)
    {
        CacheOptions<int, int> options = Options(100);
        options.ShardCount = shards;
        options.MaxEntryWeight = heaviest;

        AssertFaults(options, $"ShardCount is {shards}");
    }

    [Fact]
    public void Options_of_weights_mean_nothing_without_a_weigher()
        => AssertFaults(
            new() { Capacity = 10, MaxEntryWeight = 5, ExpectedEntries = 7 }, "MaxEntryWeight is 5", "ExpectedEntries is 7");

    [Fact]
    public void Every_fault_is_named_at_once()
        => AssertFaults(
            new()
            {
                WeightLimit = -3,
                Capacity = 4,
                MaxEntryWeight = -2,
                ExpectedEntries = 0,
                InitialCapacity = -1,
                ShardCount = 3,
                Eviction = (EvictionPolicy)9,
            },
            "WeightLimit is -3 and Weigher is null",
            "WeightLimit is -3; it must be at least 1",
            "Capacity is 4",
            "MaxEntryWeight is -2",
            "ExpectedEntries is 0",
            "InitialCapacity is -1",
            "ShardCount is 3",
            "Eviction is 9");

    [Theory]
    [InlineData(1, null, 1)]
    [InlineData(100, 100, 1)]
    [InlineData(100, 25, 4)]
    [InlineData(100, null, 64)]
    [InlineData(long.MaxValue, int.MaxValue, 65_536)]
    public void The_limits_themselves_are_accepted(long limit, int? heaviest, int shards)
    {
        CacheOptions<int, int> options = Options(limit);
        options.MaxEntryWeight = heaviest;
        options.ShardCount = shards > 64 ? null : shards;
        using var cache = new Cache<int, int>(options);

        Assert.Equal(limit, cache.WeightLimit);
        Assert.True(cache.Set(1, 1));
        Assert.Equal(1, cache.Weight);
        cache.AssertConsistent();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5000)]
    public void An_initial_capacity_may_be_more_than_is_expected(int entries)
    {
        CacheOptions<int, int> options = Options(100);
        options.ShardCount = 1;
        options.ExpectedEntries = 10;
        options.InitialCapacity = entries;
        using var cache = new Cache<int, int>(options);

        Assert.True(TableAccess.SlotsOf(cache) >= entries);
        Assert.True(cache.Set(1, 1));
        cache.AssertConsistent();
    }

    [Fact]
    public void Options_are_read_once()
    {
        CacheOptions<int, int> options = Options(10);
        using var cache = new Cache<int, int>(options);

        options.Weigher = static (_, _) => throw new InvalidOperationException();
        options.WeightLimit = 1;
        options.MaxEntryWeight = 1;

        Assert.True(cache.Set(1, 7));
        Assert.Equal((7, 10), (cache.Weight, cache.WeightLimit));
    }

    private static CacheOptions<int, int> Options(long limit)
        => new() { WeightLimit = limit, Weigher = static (_, weight) => weight };

    private static void AssertFaults(CacheOptions<int, int> options, params string[] starts)
    {
        CacheOptionsException exception = Assert.Throws<CacheOptionsException>(() => new Cache<int, int>(options));

        Assert.Equal(starts.Length, exception.Faults.Count);
        Assert.All(starts, start => Assert.Contains(exception.Faults, fault => fault.StartsWith(start, StringComparison.Ordinal)));
        Assert.All(exception.Faults, fault => Assert.Contains(fault, exception.Message, StringComparison.Ordinal));
    }
}
