namespace FastCache.Persistence;

/// <summary>What was found in one segment of a log.</summary>
public sealed record LogSegmentVerification
{
    /// <summary>The name of the file.</summary>
    public required string Name { get; init; }

    /// <summary>Its length in bytes, when it was opened.</summary>
    public long Length { get; init; }

    /// <summary>Whether it is of this log; false for one of another log, which is passed over, and if its header cannot be read.</summary>
    public bool BelongsToLog { get; init; }

    /// <summary>Blocks of records that are whole, whether they count or not.</summary>
    public int Blocks { get; init; }

    /// <summary>Records in them.</summary>
    public long Records { get; init; }

    /// <summary>The sequence of the first of them; 0 if there is none.</summary>
    public ulong FirstSequence { get; init; }

    /// <summary>The sequence of the last of them; 0 if there is none.</summary>
    public ulong LastSequence { get; init; }

    /// <summary>Bytes at its end that are not whole and were never known to be on the disk: no damage.</summary>
    public long TornBytes { get; init; }

    /// <summary>What is damaged, from the beginning of the file to its end.</summary>
    public IReadOnlyList<LogDamage> Damage { get; init; } = [];
}
