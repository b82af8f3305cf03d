using FastCache.Persistence;
using FastCache.Persistence.Format;
using FastCache.Tests.Persistence.Simulation;
using FastCache.Tests.Persistence.TestTypes;
using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Persistence.Format;

public sealed class FeatureBitsTests
{
    private const string Segment = "0000000000000001.seg";
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void What_may_be_done_depends_on_the_bits_that_nobody_knows()
    {
        for (int bit = 0; bit < 32; bit++)
        {
            Assert.True(new FeatureBits(1u << bit, 0, 0) is { MayRead: true, MayWrite: true });
            Assert.True(new FeatureBits(0, 1u << bit, 0) is { MayRead: true, MayWrite: false });
            Assert.True(new FeatureBits(0, 0, 1u << bit) is { MayRead: false, MayWrite: false });
        }
    }

    [Theory]
    [InlineData(LogRecovery.Safe)]
    [InlineData(LogRecovery.Strict)]
    [InlineData(LogRecovery.Discard)]
    public void A_log_with_an_unknown_feature_that_is_not_compatible_is_refused_and_left_alone(LogRecovery recovery)
    {
        foreach (FeatureBits features in (FeatureBits[])[new(0, 0, 1), new(0, 0, 1u << 31), new(0, 1, 0), new(0, 1u << 31, 0)])
        {
            using SimulatedStorage storage = LogWith(features);

            Assert.Throws<CacheLogException>(() => Open(storage, recovery));

            Assert.Equal(0, storage.Boundaries);
            Assert.Equal(0, storage.OpenFiles);
        }
    }

    [Fact]
    public void A_log_with_an_unknown_feature_that_is_compatible_is_restored()
    {
        using SimulatedStorage storage = LogWith(new FeatureBits(uint.MaxValue, 0, 0));

        CacheLog<int, string> log = Open(storage, LogRecovery.Strict);

        Assert.Equal("one", log.Cache.ToArray().Single().Value);
    }

    private SimulatedStorage LogWith(FeatureBits features)
    {
        using var storage = new SimulatedStorage();
        CacheLog<int, string> log = Open(storage, LogRecovery.Safe);
        log.Cache.Set(1, "one");
        log.DisposeAsync().AsTask().GetAwaiter().GetResult();
        storage.EditHeader(Segment, header => header with { Features = features });
        return new SimulatedStorage(storage.Snapshot());
    }

    private CacheLog<int, string> Open(SimulatedStorage storage, LogRecovery recovery)
        => SeededLog.Open<int, string>(storage, _time, seed: 1, options => options.Recovery = recovery);
}
