using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Weight;

/// <summary>What weighs something has no times for that: asking the clock would be the dearest part of a write.</summary>
public sealed class WeightWithoutTimesTests
{
    public static TheoryData<string> Writes
        => [.. WeighedWrites.Names.Select(static row => row.Data).Where(static name => !name.Contains("options", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Writes))]
    public void A_write_that_says_nothing_of_time_asks_nobody_for_it(string write)
    {
        int asked = 0;
        var provider = new ScriptedTimeProvider(new ManualTimeProvider());
        using var cache = new Cache<int, string>(new CacheOptions<int, string>
        {
            WeightLimit = 100,
            Weigher = static (_, text) => text.Length,
            ShardCount = 1,
            TimeProvider = provider,
        });
        WeighedWrites.Fill(cache);
        provider.OnGetTimestamp = () => asked++;

        WeighedWrites.Run(write, cache);

        Assert.Equal(0, asked);
        Assert.Equal(cache.Sum(entry => entry.Value.Length), cache.Weight);
    }
}
