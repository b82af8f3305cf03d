using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Weight;

/// <summary>A weigher may use the cache that asks it, and even end it.</summary>
public sealed class WeigherReentersTests
{
    public static TheoryData<string> Writes => WeighedWrites.Names;

    public static TheoryData<string> Additions => WeighedWrites.NamesOfAdditions;

    [Theory]
    [MemberData(nameof(Writes))]
    public void A_weigher_may_use_other_keys(string write)
    {
        var weigher = new ScriptedWeigher();
        using Cache<int, string> cache = weigher.CreateCache();
        WeighedWrites.Fill(cache);
        weigher.Once((_, _) =>
        {
            Assert.True(cache.TryRemove(2));
            Assert.True(cache.Set(0, ""));
            Assert.Equal("new", cache.GetOrAdd(20, _ => "new"));
            Assert.Equal(2, cache.SetMany(Enumerable.Range(21, 2).Select(key => KeyValuePair.Create(key, "more"))));
        });

        WeighedWrites.Run(write, cache);

        int[] others = [0, 1, 20, 21, 22];
        int key = WeighedWrites.KeyOf(write);
        Assert.Equal(others.Union([key]).Order(), cache.Select(entry => entry.Key).Order());
        Assert.Equal(WeighedWrites.New, cache.GetMany([key])[key]);
        Assert.Equal(cache.Sum(entry => entry.Value.Length), cache.Weight);
        CacheProbe.AssertWorks(cache);
    }

    [Theory]
    [MemberData(nameof(Writes))]
    public void A_weigher_may_write_the_key_that_it_is_asked_about(string write)
    {
        var weigher = new ScriptedWeigher();
        using Cache<int, string> cache = weigher.CreateCache();
        WeighedWrites.Fill(cache);
        weigher.Once((key, _) => Assert.True(cache.Set(key, "from the weigher")));

        WeighedWrites.Run(write, cache);

        // What adds finds the key present then; what compares finds another value.
        bool loses = write.StartsWith("TryAdd", StringComparison.Ordinal)
            || write.StartsWith("GetOrAdd", StringComparison.Ordinal)
            || write == "TryUpdate if";
        int written = WeighedWrites.KeyOf(write);
        string last = cache.GetMany([written])[written];
        Assert.Equal(loses ? "from the weigher" : write == "AddOrUpdate, absent" ? "updated" : WeighedWrites.New, last);
        Assert.Equal(cache.Sum(entry => entry.Value.Length), cache.Weight);
        CacheProbe.AssertWorks(cache);
    }

    [Theory]
    [MemberData(nameof(Writes))]
    public void A_weigher_may_remove_the_key_that_it_is_asked_about(string write)
    {
        var weigher = new ScriptedWeigher();
        using Cache<int, string> cache = weigher.CreateCache();
        WeighedWrites.Fill(cache);
        weigher.Once((_, _) => cache.Clear());

        WeighedWrites.Run(write, cache);

        // A load does not count against a removal that came while it was under way.
        bool isKept = write is not ("TryUpdate" or "TryUpdate if") && !write.StartsWith("GetOrAdd", StringComparison.Ordinal);
        Assert.Equal(isKept ? 1 : 0, cache.Count);
        Assert.Equal(cache.Sum(entry => entry.Value.Length), cache.Weight);
        CacheProbe.AssertWorks(cache);
    }

    [Theory]
    [MemberData(nameof(Additions))]
    public void A_weigher_that_disposes_its_cache_meets_the_disposal(string write)
    {
        var weigher = new ScriptedWeigher();
        Cache<int, string> cache = weigher.CreateCache();
        WeighedWrites.Fill(cache);
        weigher.Once((_, _) => cache.Dispose());

        Exception? exception = Record.Exception(() => WeighedWrites.Run(write, cache));

        // A load that is under way has a value for its caller, kept or not.
        Assert.Equal(write.StartsWith("GetOrAdd", StringComparison.Ordinal) ? null : typeof(ObjectDisposedException), exception?.GetType());
        Assert.Equal((0, 0), (cache.Count, cache.Weight));
        cache.AssertConsistent();
    }

    [Theory]
    [InlineData("TryUpdate")]
    [InlineData("TryUpdate if")]
    public void An_update_whose_weigher_disposes_the_cache_finds_nothing(string write)
    {
        var weigher = new ScriptedWeigher();
        Cache<int, string> cache = weigher.CreateCache();
        WeighedWrites.Fill(cache);
        weigher.Once((_, _) => cache.Dispose());

        WeighedWrites.Run(write, cache);

        Assert.Equal((0, 0), (cache.Count, cache.Weight));
        cache.AssertConsistent();
    }

    [Theory]
    [MemberData(nameof(Writes))]
    public void A_weigher_may_change_the_limit(string write)
    {
        var weigher = new ScriptedWeigher();
        using Cache<int, string> cache = weigher.CreateCache();
        WeighedWrites.Fill(cache);
        weigher.Once((_, _) => cache.WeightLimit = 6);

        WeighedWrites.Run(write, cache);

        // Heavier than the new limit.
        Assert.False(cache.ContainsKey(WeighedWrites.KeyOf(write)));
        Assert.Equal(1, cache.Statistics.RefusedAsTooHeavy);
        cache.AssertConsistent();
        CacheProbe.AssertWorks(cache);
    }
}
