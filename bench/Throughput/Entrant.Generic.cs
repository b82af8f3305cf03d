using FastCache.Bench.Contestants;
using FastCache.Bench.Timing;
using FastCache.Bench.Workloads;

namespace FastCache.Bench.Throughput;

/// <inheritdoc cref="Entrant"/>
internal sealed class Entrant<TContestant, TLoop> : Entrant
    where TContestant : struct, IContestant<TContestant>
    where TLoop : struct, IOperationLoop
{
    private readonly TContestant _cache;
    private readonly long[] _keys;
    private readonly KeyCursor[] _cursors;
    private readonly long[] _hits;
    private object _value = new();
    private object _otherValue = new();

    public Entrant(ThroughputCell cell, CacheShape shape, long[] keys)
    {
        _cache = TContestant.Create(shape);
        _keys = keys;
        _hits = new long[cell.Threads];
        _cursors = [.. Enumerable.Range(0, cell.Threads).Select(thread =>
            new KeyCursor(keys.Length, cell.Workload == ThroughputWorkload.Insert, thread, cell.Threads))];
        RenewsValue = cell.Workload == ThroughputWorkload.Update;
    }

    public override string Name => TContestant.Name;

    public override int Count => _cache.Count;

    public override int? Shards => _cache.Shards;

    /// <summary>Whether each turn writes another value, so that it can be told from the one before.</summary>
    private bool RenewsValue { get; }

    public override void Fill(int entries)
    {
        for (int id = 1; id <= entries; id++)
        {
            _cache.Set(SplitMix64.Scramble(id), _value);
        }
    }

    public override Turn Run(WorkerTeam team, int slices)
    {
        if (RenewsValue)
        {
            (_value, _otherValue) = (_otherValue, _value);
        }

        TeamTime time = team.Run(thread => RunSlices(thread, slices));
        long operations = (long)slices * KeyCursor.SliceLength;
        return new Turn(time, operations, team.Size, _hits.Sum() / (operations * team.Size * TLoop.LookupsPerOperation));
    }

    public override string? FindFlaw(ThroughputCell cell) => cell.Workload switch
    {
        ThroughputWorkload.Read => Turns.All(static turn => turn.HitShare == 1) ? null : "keys are missing",
        ThroughputWorkload.Update => LastWrites(all: true) ? FindLoss(cell) : "updates are missing",
        ThroughputWorkload.Insert => !TContestant.IsStrictlyBounded || LastWrites(all: false) ? FindWrongCount(cell) : "inserts are missing",
        _ => Turns.All(static turn => turn.HitShare is > 0 and < 1) ? FindWrongCount(cell) : "it hits always or never",
    };

    public override void Dispose() => _cache.Dispose();

    private void RunSlices(int thread, int slices)
    {
        KeyCursor cursor = _cursors[thread];
        long hits = 0;
        for (int i = 0; i < slices; i++)
        {
            cursor.MoveToNextSlice();
            hits += TLoop.Run(_cache, _keys.AsSpan(cursor.SliceStart, KeyCursor.SliceLength), cursor.Salt, _value);
        }

        _cursors[thread] = cursor;
        _hits[thread] = hits;
    }

    /// <summary>Whether the keys that the threads wrote last are there with the value they wrote: all, or any.</summary>
    private bool LastWrites(bool all)
    {
        const int Sample = 64;
        int found = 0;
        foreach (KeyCursor cursor in _cursors)
        {
            foreach (long key in _keys.AsSpan(cursor.SliceStart + KeyCursor.SliceLength - Sample, Sample))
            {
                found += _cache.TryGet(key + cursor.Salt, out object? value) && ReferenceEquals(value, _value) ? 1 : 0;
            }
        }

        return all ? found == Sample * _cursors.Length : found > 0;
    }

    private string? FindLoss(ThroughputCell cell) => Count == cell.Entries ? null : $"holds {Count} entries";

    private string? FindWrongCount(ThroughputCell cell)
    {
        // A cache that is too empty evicts too little, one that is too full not enough; either looks faster than it is.
        const double Slack = 0.01;
        double share = Count / (double)cell.Capacity;
        return TContestant.IsStrictlyBounded && share is < 1 - (3 * Slack) or > 1 + Slack ? $"holds {Count} entries" : null;
    }
}
