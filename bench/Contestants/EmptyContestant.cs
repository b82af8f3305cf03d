using System.Diagnostics.CodeAnalysis;

namespace FastCache.Bench.Contestants;

/// <summary>
/// Does nothing but look at the key: what it costs is the harness itself. Shown beside the others, never subtracted.
/// </summary>
internal readonly struct EmptyContestant : IContestant<EmptyContestant>
{
    private readonly Cell _cell;

    private EmptyContestant(Cell cell) => _cell = cell;

    public static string Name => "(empty loop)";

    public static bool IsStrictlyBounded => false;

    public int Count => 0;

    public int? Shards => null;

    public static EmptyContestant Create(CacheShape shape) => new(new Cell());

    // The comparison keeps the JIT from dropping the load of the key.
    public bool TryGet(long key, [NotNullWhen(true)] out object? value)
    {
        value = key != 0 ? _cell.Value : null;
        return value is not null;
    }

    public void Set(long key, object value)
    {
        _cell.Key = key;
        _cell.Value = value;
    }

    public void Dispose()
    {
    }

    private sealed class Cell
    {
        public long Key;
        public object? Value;
    }
}
