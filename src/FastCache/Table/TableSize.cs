namespace FastCache.Table;

/// <summary>How many groups a table has at each stage of its growth: the final number, halved a few times.</summary>
internal readonly struct TableSize
{
    /// <summary>
    /// Groups that a search may visit: a bound for hostile keys. Honest ones meet it in a few places of a very large table that is full, where
    /// an insert then evicts from the neighbourhood.
    /// </summary>
    public const int MaxProbes = 16;

    /// <summary>Slot numbers stay below this, whatever the capacity.</summary>
    public const int MaxSlots = 1 << 27;

    /// <summary>The most entries that one table can be sized for.</summary>
    public const int MaxEntries = (int)((long)(MaxSlots - TagGroup.Slots) * LoadNumerator / LoadDenominator);

    // Four of five slots in use when full: see "Table load" in docs/design/decisions.md.
    private const int LoadNumerator = 4;
    private const int LoadDenominator = 5;

    private readonly int _finalGroups;
    private readonly int _halvings;

    private TableSize(int finalGroups, int halvings)
    {
        _finalGroups = finalGroups;
        _halvings = halvings;
    }

    public int Groups => Math.Max(1, _finalGroups >> _halvings);

    public int Slots => Groups * TagGroup.Slots;

    public bool IsFinal => _halvings == 0;

    /// <summary>Entries at which a table of this size grows.</summary>
    public int FullAt => (int)((long)Slots * LoadNumerator / LoadDenominator);

    /// <summary>The smallest stage of a table for <paramref name="capacity"/> entries that holds <paramref name="entries"/>.</summary>
    public static TableSize For(int capacity, int entries)
    {
        int final = GroupsFor(capacity);
        int wanted = GroupsFor(Math.Min(entries, capacity));
        int halvings = 0;
        while (final >> (halvings + 1) >= wanted)
        {
            halvings++;
        }

        return new TableSize(final, halvings);
    }

    public TableSize Doubled() => new(_finalGroups, _halvings - 1);

    private static int GroupsFor(int entries)
    {
        long slots = (((long)entries * LoadDenominator) + LoadNumerator - 1) / LoadNumerator;
        return (int)Math.Max(1, (slots + TagGroup.Slots - 1) / TagGroup.Slots);
    }
}
