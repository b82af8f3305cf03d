namespace FastCache.Tests.Unit.Table;

/// <summary>Counts the torn keys that it is shown.</summary>
internal sealed class WholeKeyComparer : IEqualityComparer<WideKey>
{
    private int _violations;
    private int _comparisons;

    public int Violations => Volatile.Read(ref _violations);

    public int Comparisons => Volatile.Read(ref _comparisons);

    public bool Equals(WideKey x, WideKey y)
    {
        Interlocked.Increment(ref _comparisons);
        if (!x.IsWhole || !y.IsWhole)
        {
            Interlocked.Increment(ref _violations);
        }

        return x.Equals(y);
    }

    public int GetHashCode(WideKey obj) => obj.GetHashCode();
}
