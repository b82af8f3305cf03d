using FastCache.Journaling;
using FastCache.Table;
using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Journaling;

/// <summary>Where many keys belong into the same part of the table, a value that is put back takes nobody's place.</summary>
public sealed class CrowdedRestoreTests
{
    [Fact]
    public void What_finds_a_full_neighbourhood_pushes_nothing_out()
    {
        using var run = new JournaledCache(configure: static options => options.InitialCapacity = options.Capacity, capacity: 20_000);
        var hasher = new KeyHasher<int>(null, TestCache.Seed);
        int[] neighbours = [.. Enumerable.Range(0, int.MaxValue)
            .Where(key => new KeyHash(hasher.Hash(key)).Position < uint.MaxValue / 4096)
            .Take(600)];

        RestoreOutcome[] outcomes = [.. neighbours.Select(key => run.Restore(key))];

        Assert.Equal(default, Happened.In(run.Cache));
        Assert.Equal(outcomes.Count(static outcome => outcome == RestoreOutcome.Restored), run.Cache.Count);
        Assert.Contains(RestoreOutcome.NoRoom, outcomes);
        Assert.All(outcomes.Zip(neighbours), pair => Assert.Equal(pair.First == RestoreOutcome.Restored, run.Held(pair.Second) is not null));
        Assert.True(run.Cache.Set(neighbours[^1], "new"));
        run.AssertSound();
    }
}
