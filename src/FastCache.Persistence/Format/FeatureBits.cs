namespace FastCache.Persistence.Format;

/// <summary>What a reader must know to make use of a log, in the manner of ext4's three feature words.</summary>
/// <param name="Compatible">May be ignored by whoever does not know them.</param>
/// <param name="ReadOnlyCompatible">Whoever does not know them may read, but not write.</param>
/// <param name="Incompatible">Whoever does not know them must leave the log alone.</param>
internal readonly record struct FeatureBits(uint Compatible, uint ReadOnlyCompatible, uint Incompatible)
{
    // No optional feature exists in version 1.
    private const uint KnownReadOnlyCompatible = 0;
    private const uint KnownIncompatible = 0;

    public bool MayRead => (Incompatible & ~KnownIncompatible) == 0;

    public bool MayWrite => MayRead && (ReadOnlyCompatible & ~KnownReadOnlyCompatible) == 0;
}
