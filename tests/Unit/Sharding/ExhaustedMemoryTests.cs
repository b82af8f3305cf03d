using FastCache.Diagnostics;
using FastCache.Loading;
using Xunit;

namespace FastCache.Tests.Unit.Sharding;

/// <summary>Memory runs out half way through the growth of a table.</summary>
public sealed class ExhaustedMemoryTests
{
    private readonly TestShard _shard;
    private readonly int _full;
    private bool _isMemoryShort;

    public ExhaustedMemoryTests()
    {
        _shard = TestShard.WithMemory(limit: 1_000_000, () => _isMemoryShort);
        _full = _shard.Table.FullAt;
        for (int key = 0; key < _full; key++)
        {
            _shard.Set(key, WeightOf(key));
        }

        _isMemoryShort = true;
    }

    [Fact]
    public void A_write_that_finds_no_memory_fails_and_changes_nothing()
    {
        Assert.Throws<OutOfMemoryException>(() => _shard.Set(_full, WeightOf(_full)));

        AssertHolds(_full);
        for (int key = 0; key < _full; key++)
        {
            _shard.Set(key, WeightOf(key));
        }

        _isMemoryShort = false;
        _shard.Set(_full, WeightOf(_full));
        AssertHolds(_full + 1);
    }

    [Fact]
    public void A_loaded_value_that_finds_no_memory_is_returned_and_not_kept()
    {
        LoadStart start = _shard.Shard.BeginLoad(
            _full, _shard.HashOf(_full), new LoadOptions(), LoadKind.Foreground, hasMissed: true, out _, out Flight<long, long>? flight);

        LoadOutcome<long> outcome = _shard.Shard.EndLoad(_shard.HashOf(_full), flight!, new LoadOptions(), LoadOutcome<long>.Of(WeightOf(_full)));

        Assert.Equal((LoadStart.Lead, WeightOf(_full), 0), (start, outcome.GetValue(), _shard.Shard.LoadsInProgress));
        AssertHolds(_full);
    }

    private static long WeightOf(int key) => 1 + (key % 7);

    private void AssertHolds(int count)
    {
        _shard.Shard.AssertConsistent();
        Assert.Equal(count, _shard.Shard.Count);
        Assert.Equal(Enumerable.Range(0, count).Sum(WeightOf), _shard.Shard.Weight);
        Assert.All(
            Enumerable.Range(0, count), key => Assert.Equal((true, WeightOf(key)), (_shard.TryGet(key, out long value), value)));
    }
}
