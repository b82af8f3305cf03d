namespace FastCache.Persistence.Format;

/// <summary>What a block holds. A reader passes over kinds from 128 on that it does not know.</summary>
internal enum BlockKind : byte
{
    /// <summary>Records.</summary>
    Records = 0,

    /// <summary>The first of the kinds that may be passed over; a part of a snapshot of the eviction policy.</summary>
    Standings = 128,
}
