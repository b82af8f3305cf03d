using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit;

public sealed class CacheOptionsTests
{
    private const long SmallChange = 8 << 20;

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    public void A_capacity_below_one_is_refused(int capacity)
    {
        CacheOptionsException byNumber = Assert.Throws<CacheOptionsException>(() => new Cache<int, int>(capacity));
        CacheOptionsException byOptions = Refused(new() { Capacity = capacity });

        Assert.Contains($"Capacity is {capacity}", Assert.Single(byNumber.Faults), StringComparison.Ordinal);
        Assert.Equal(byNumber.Faults, byOptions.Faults);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(11)]
    [InlineData(int.MaxValue)]
    public void An_initial_capacity_outside_the_capacity_is_refused(int initialCapacity)
        => AssertFault($"InitialCapacity is {initialCapacity}", new() { Capacity = 10, InitialCapacity = initialCapacity });

    [Theory]
    [InlineData(0)]
    [InlineData(-4)]
    [InlineData(3)]
    [InlineData(2048)]
    [InlineData(1 << 17)]
    [InlineData(int.MinValue)]
    public void A_shard_count_that_is_no_power_of_two_or_out_of_range_is_refused(int shards)
        => AssertFault($"ShardCount is {shards}", new() { Capacity = 1024, ShardCount = shards });

    [Fact]
    public void More_shards_than_the_most_there_can_be_are_refused_whatever_the_capacity()
        => AssertFault("ShardCount is 131072", new() { Capacity = int.MaxValue, ShardCount = 1 << 17 });

    [Fact]
    public void An_unknown_policy_is_refused()
        => AssertFault("Eviction is 17", new() { Capacity = 10, Eviction = (EvictionPolicy)17 });

    [Fact]
    public void An_empty_name_is_refused()
        => AssertFault("Name is empty", new() { Capacity = 10, Name = string.Empty });

    [Fact]
    public void A_capacity_too_large_for_its_shards_is_refused_by_name()
    {
        string fault = Assert.Single(Refused(new() { Capacity = 1 << 27, ShardCount = 1 }).Faults);

        Assert.Contains("Capacity is 134217728", fault, StringComparison.Ordinal);
        Assert.Contains("ShardCount 1", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_fault_is_named_at_once()
    {
        CacheOptionsException exception = Refused(new()
        {
            Capacity = 0,
            InitialCapacity = -1,
            ShardCount = 3,
            Eviction = (EvictionPolicy)(-1),
        });

        Assert.Equal("options", exception.ParamName);
        Assert.Equal(4, exception.Faults.Count);
        foreach (string option in new[] { "Capacity is 0", "InitialCapacity is -1", "ShardCount is 3", "Eviction is -1" })
        {
            Assert.Contains(exception.Faults, fault => fault.StartsWith(option, StringComparison.Ordinal));
            Assert.Contains(option, exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_exception_needs_its_faults()
    {
        Assert.Throws<ArgumentNullException>("faults", () => new CacheOptionsException(null!, "options"));
        Assert.IsAssignableFrom<ArgumentException>(new CacheOptionsException(["One."], "options"));
    }

    [Fact]
    public void The_limits_themselves_are_accepted()
    {
        using var smallest = new Cache<int, int>(1);
        using Cache<int, int> full = TestCache.Of<int, int>(capacity: 16, shards: 16, initialCapacity: 16);
        using Cache<int, int> shards = TestCache.Of<int, int>(capacity: 4096, shards: 4096);

        Assert.True(smallest.Set(1, 1));
        Assert.Equal(1, smallest.Count);
        Assert.Equal(16, full.ShardCount);
        Assert.Equal(4096, shards.ShardCount);
        Assert.True(shards.Set(1, 1));
        Assert.True(shards.ContainsKey(1));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1023, 1)]
    [InlineData(1024, 2)]
    public void A_small_cache_has_few_shards(int capacity, int shards)
    {
        using var cache = new Cache<int, int>(capacity);

        Assert.Equal(shards, cache.ShardCount);
    }

    [Theory]
    [InlineData(1 << 27)]
    [InlineData(int.MaxValue)]
    public void A_huge_capacity_takes_memory_only_as_the_cache_fills(int capacity)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        using var cache = new Cache<int, int>(capacity);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(capacity, cache.Capacity);
        Assert.True(cache.Set(1, 1));
        Assert.True(cache.ContainsKey(1));
        Assert.InRange(allocated, 0, SmallChange);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    public void Any_number_can_be_the_seed(long seed)
    {
        using var cache = new Cache<string, int>(new CacheOptions<string, int> { Capacity = 1000, HashSeed = seed });

        for (int i = 0; i < 1000; i++)
        {
            cache.Set($"{i}", i);
        }

        Assert.InRange(cache.Count, 990, 1000);
        cache.AssertConsistent();
    }

    [Fact]
    public void Options_are_read_once()
    {
        var options = new CacheOptions<int, int> { Capacity = 2, ShardCount = 1 };
        using var cache = new Cache<int, int>(options);

        options.Capacity = 1000;
        cache.SetMany([new(1, 1), new(2, 2), new(3, 3)]);

        Assert.Equal(2, cache.Capacity);
        Assert.Equal(2, cache.Count);
    }

    [Fact]
    public void Defaults_are_what_the_documentation_says()
    {
        var options = new CacheOptions<int, int>();

        Assert.Equal(0, options.Capacity);
        Assert.Equal(0, options.InitialCapacity);
        Assert.Equal(EvictionPolicy.Frecency, options.Eviction);
        Assert.Null(options.Comparer);
        Assert.Null(options.ShardCount);
        Assert.Null(options.HashSeed);
    }

    private static CacheOptionsException Refused(CacheOptions<int, int> options)
        => Assert.Throws<CacheOptionsException>(() => new Cache<int, int>(options));

    private static void AssertFault(string start, CacheOptions<int, int> options)
        => Assert.StartsWith(start, Assert.Single(Refused(options).Faults), StringComparison.Ordinal);
}
