using System.Reflection;
using FastCache.Sharding;
using Xunit;
using static FastCache.Tests.Properties.Weight.WeightOperationKind;

namespace FastCache.Tests.Properties.Weight;

/// <summary>Runs a program on a cache beside a dictionary of what was last written.</summary>
/// <remarks>
/// The maintenance actor is stopped and its work is one of the operations, so a program repeats. After each operation the
/// dictionary is told what was evicted, whose number and kind are part of what is verified.
/// </remarks>
internal sealed class WeightRun : IDisposable
{
    private const BindingFlags Hidden = BindingFlags.Instance | BindingFlags.NonPublic;

    private readonly WeightSetup _setup;
    private readonly Cache<int, int> _cache;
    private readonly Shard<int, int>[] _shards;
    private readonly Dictionary<int, int> _reference = [];
    private int _limit;
    private int _refused;

    private WeightRun(WeightSetup setup)
    {
        _setup = setup;
        _limit = setup.Limit;
        _cache = setup.Create();
        _shards = Field<Shard<int, int>[]>("_shards");
        Field<MaintenanceActor>("_actor").Stop();
    }

    public static void Run(WeightProgram program)
    {
        using var run = new WeightRun(program.Setup);
        foreach (WeightOperation operation in program.Operations)
        {
            run.Step(operation);
        }
    }

    public void Dispose() => _cache.Dispose();

    private void Step(WeightOperation operation)
    {
        long[] before = [.. _shards.Select(shard => shard.Weight)];
        CacheStatistics statistics = _cache.Statistics;
        _refused = 0;
        int trimmed = 0;
        switch (operation.Kind)
        {
            case TryGet:
                Assert.Equal(_reference.TryGetValue(operation.Key, out int expected), _cache.TryGet(operation.Key, out int found));
                Assert.Equal(expected, found);
                break;
            case TryRemove:
                Assert.Equal(_reference.Remove(operation.Key), _cache.TryRemove(operation.Key));
                break;
            case Clear:
                _cache.Clear();
                _reference.Clear();
                break;
            case Trim:
                trimmed = _cache.Trim(operation.Weight);
                Assert.Equal(Math.Min(operation.Weight, _reference.Values.Count(value => _setup.WeightOf(value) > 0)), trimmed);
                break;
            case Resize:
                Limit(operation.LimitFor(_setup));
                break;
            case Maintain:
                MaintainAll();
                break;
            default:
                Write(operation);
                break;
        }

        VerifyLimits(before);
        int evicted = ForgetEvicted();
        Assert.Equal(evicted, _cache.Statistics.Evictions - statistics.Evictions);
        Assert.True(operation.Kind is not Trim || evicted == trimmed);
        Assert.True(operation.Kind is not (TryGet or TryRemove or Clear or Resize) || evicted == 0);
        Assert.Equal(
            _refused,
            _cache.Statistics.RefusedAsTooHeavy - statistics.RefusedAsTooHeavy
                + _cache.Statistics.RefusedByAdmission - statistics.RefusedByAdmission);
        _cache.AssertConsistent();
    }

    private void Limit(int limit)
    {
        _limit = limit;
        if (_setup.IsWeighed)
        {
            _cache.WeightLimit = limit;
        }
        else
        {
            _cache.Capacity = limit;
        }
    }

    private void MaintainAll()
    {
        for (int shard = 0; shard < _shards.Length; shard++)
        {
            while (!_shards[shard].Maintain())
            {
            }

            Assert.InRange(_shards[shard].Weight, 0, LimitOf(shard));
        }
    }

    private void Write(WeightOperation operation)
    {
        (int key, int value) = (operation.Key, operation.Value);
        bool isPresent = _reference.TryGetValue(key, out int old);
        bool writes = operation.Kind switch
        {
            TryAdd or GetOrAdd => !isPresent,
            TryUpdate or TryUpdateIf => isPresent,
            _ => true,
        };
        bool? isKept = null;
        switch (operation.Kind)
        {
            case Set:
                isKept = _cache.Set(key, value);
                break;
            case TryAdd:
                isKept = _cache.TryAdd(key, value);
                break;
            case TryUpdate:
                isKept = _cache.TryUpdate(key, value);
                break;
            case TryUpdateIf:
                isKept = _cache.TryUpdate(key, value, old);
                break;
            case AddOrUpdate:
                Assert.Equal(value, _cache.AddOrUpdate(key, value, (_, _) => value));
                break;
            default:
                Assert.Equal(isPresent ? old : value, _cache.GetOrAdd(key, _ => value));
                break;
        }

        if (!writes)
        {
            Assert.False(isKept ?? false);
            return;
        }

        // What was kept is readable at once; a refused value leaves none of its key.
        bool isThere = _cache.TryPeek(key, out int found);
        Assert.Equal(isKept ?? isThere, isThere);
        Assert.Equal(isThere ? value : 0, found);
        Assert.False(isThere && MustRefuse(value), "an entry that is too heavy");
        Assert.False(!isThere && MustKeep(value, isPresent), "a value that is not too heavy was refused");
        _refused = isThere ? 0 : 1;
        _reference.Remove(key);
        if (isThere)
        {
            _reference.Add(key, value);
        }
    }

    private bool MustRefuse(int value) => _setup.WeightOf(value) > Math.Min(_setup.MaxEntryWeight ?? int.MaxValue, LimitOf(0));

    private bool MustKeep(int value, bool isUpdate)
        => _setup.WeightOf(value) <= Math.Min(_setup.MaxEntryWeight ?? int.MaxValue, LimitOf(_shards.Length - 1))
            && (isUpdate || !_setup.IsWeighed || _setup.WeightOf(value) <= 1 || _setup.Eviction != EvictionPolicy.Frecency);

    /// <summary>No write raises a shard above its limit, nor one that is above.</summary>
    private void VerifyLimits(long[] before)
    {
        for (int shard = 0; shard < _shards.Length; shard++)
        {
            Assert.InRange(_shards[shard].Weight, 0, Math.Max(before[shard], LimitOf(shard)));
        }
    }

    /// <summary>Everything that is there is what was last written; what is not was evicted, and was not pinned.</summary>
    private int ForgetEvicted()
    {
        long weight = 0;
        int seen = 0;
        foreach ((int key, int value) in _cache)
        {
            if (!_reference.TryGetValue(key, out int expected) || expected != value || !_cache.ContainsKey(key))
            {
                Assert.Fail($"{key} is {value} in the cache and {_reference.GetValueOrDefault(key)} in the dictionary");
            }

            weight += _setup.WeightOf(value);
            seen++;
        }

        Assert.Equal((seen, weight), (_cache.Count, _cache.Weight));
        int[] evicted = [.. _reference.Keys.Where(key => !_cache.ContainsKey(key))];
        foreach (int key in evicted)
        {
            Assert.NotEqual(0, _setup.WeightOf(_reference[key]));
            _reference.Remove(key);
        }

        return evicted.Length;
    }

    private long LimitOf(int shard) => ShardLayout.PartOf(_limit, shard, _shards.Length);

    private T Field<T>(string name) => (T)typeof(Cache<int, int>).GetField(name, Hidden)!.GetValue(_cache)!;
}
