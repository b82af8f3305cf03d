using FastCache.Bench.Timing;

namespace FastCache.Bench.Facades;

/// <inheritdoc cref="FacadeEntrant"/>
internal sealed class FacadeEntrant<TFacade, TOperation> : FacadeEntrant
    where TFacade : struct, IFacade<TFacade>
    where TOperation : struct, IFacadeOperation
{
    private const int SliceLength = 1 << 12;

    private readonly FacadeCell _cell;
    private readonly FacadeFactory _factory;
    private readonly TFacade _facade;
    private readonly long[] _right;
    private object _value;
    private object _otherValue;
    private ReadOnlyMemory<string>[] _lastKeys = [];

    public FacadeEntrant(FacadeCell cell)
    {
        _cell = cell;
        _value = cell.CreateValue(version: 1);
        _otherValue = cell.CreateValue(version: 2);
        _factory = new FacadeFactory(_value);
        _facade = TFacade.Create(new FacadeShape(cell.Capacity, _factory));
        _right = new long[cell.Threads];
    }

    public override string Name => TFacade.Name;

    public override int? Count => _facade.Count;

    public override void Fill()
    {
        for (int id = 1; id <= _cell.Entries; id++)
        {
            _facade.Set(FacadeKeys.Of(id), _value);
        }
    }

    public override FacadeTurn Run(WorkerTeam team, ReadOnlyMemory<string>[] keys)
    {
        if (_cell.Workload == FacadeWorkload.Update)
        {
            // So that what a turn writes can be told from what the one before has written.
            (_value, _otherValue) = (_otherValue, _value);
        }

        _lastKeys = keys;
        long calls = _factory.Calls;
        TimeSpan processor = Environment.CpuUsage.TotalTime;
        TeamTime time = team.Run(thread => _right[thread] = RunSlices(keys[thread].Span));
        Quiet.Await();
        processor = Environment.CpuUsage.TotalTime - processor;
        return new FacadeTurn(time, processor, keys.Sum(static batch => (long)batch.Length), team.Size, _right.Sum(), _factory.Calls - calls);
    }

    public override void Probe(ReadOnlySpan<string> keys)
    {
        int kept = 0;
        foreach (string key in keys)
        {
            _facade.Set(key, _value);
            kept += FacadeValue.IsSame(_facade.Get(key), _value) ? 1 : 0;
        }

        KeptShare = kept / (double)keys.Length;
    }

    public override string? FindFlaw() => _cell.Workload switch
    {
        _ when Turns.Any(static turn => turn.Right != turn.Operations) => "wrong values, or none",
        FacadeWorkload.Update when !LastWrites(all: true) => "updates are missing",
        FacadeWorkload.Insert when TFacade.IsStrictlyBounded && !LastWrites(all: false) => "inserts are missing",
        FacadeWorkload.GetOrCreate when !Turns.All(static turn => turn.HitShare is > 0 and < 1) => "it hits always or never",
        _ => FindWrongCount(),
    };

    public override void Dispose() => _facade.Dispose();

    private long RunSlices(ReadOnlySpan<string> keys)
    {
        long right = 0;
        for (; keys.Length > 0; keys = keys[Math.Min(SliceLength, keys.Length)..])
        {
            right += TOperation.Run(_facade, keys[..Math.Min(SliceLength, keys.Length)], _value);
        }

        return right;
    }

    /// <summary>Whether the keys that the threads wrote last are there with the value they wrote: all, or any.</summary>
    private bool LastWrites(bool all)
    {
        const int Sample = 64;
        int found = 0;
        foreach (ReadOnlyMemory<string> keys in _lastKeys)
        {
            foreach (string key in keys.Span[^Sample..])
            {
                found += FacadeValue.IsSame(_facade.Get(key), _value) ? 1 : 0;
            }
        }

        return all ? found == Sample * _lastKeys.Length : found > 0;
    }

    private string? FindWrongCount()
    {
        // A cache that is too empty evicts too little, one that is too full not enough; either looks faster than it is.
        const double Slack = 0.01;
        double share = Count / (double)(_cell.Evicts ? _cell.Capacity : _cell.Entries) ?? 1;
        bool isWrong = _cell.Evicts
            ? share > 1 + Slack || (TFacade.IsStrictlyBounded && share < 1 - (3 * Slack))
            : share != 1;
        return isWrong ? $"holds {Count} entries" : null;
    }
}
