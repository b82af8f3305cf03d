namespace FastCache.Persistence.Lz4;

/// <summary>
/// How the encoder's table keeps the position at which a hash was last seen. A type parameter, so that each width gets code of its own.
/// </summary>
internal interface IPositionSlots
{
    /// <summary>Bytes of a slot.</summary>
    static abstract int Size { get; }

    /// <summary>Whether every earlier position is within reach of a match's offset.</summary>
    static abstract bool AllInReach { get; }

    /// <summary>Puts <paramref name="position"/> into a slot.</summary>
    /// <returns>The position that was there; 0 in a new table.</returns>
    static abstract unsafe uint Exchange(void* table, nuint slot, uint position);
}
