namespace FastCache.Tests.Properties.Linearizability;

/// <summary>Moments of a run: whatever began after something else had ended has a greater one.</summary>
internal sealed class Stamps
{
    private long _last;

    public long Next() => Interlocked.Increment(ref _last);
}
