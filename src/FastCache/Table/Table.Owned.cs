namespace FastCache.Table;

internal sealed partial class Table<TKey, TCell>
{
    /// <summary>The key of the entry of a slot. Inside a turn: it stays the same until the turn removes the entry.</summary>
    public TKey KeyAt(int slot) => At(slot).Key;

    /// <summary>The cell of an entry that nobody updates: a guarded one, or one of a shard whose values change inside turns only.</summary>
    public TCell CellAt(int slot) => Cell.Read(ref At(slot).Cell);
}
