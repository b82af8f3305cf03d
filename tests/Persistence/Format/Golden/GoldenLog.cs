using FastCache.Persistence;

namespace FastCache.Tests.Persistence.Format.Golden;

/// <summary>A small log that is kept: how it is written, and what whoever reads it must find.</summary>
/// <param name="Name">The name of its file, as far as the first dot.</param>
/// <param name="Says">What is special about it.</param>
/// <param name="Write">Writes it.</param>
internal sealed record GoldenLog(string Name, string Says, Action<GoldenSession> Write)
{
    public int BlockSize { get; init; } = 512;

    public int SegmentSize { get; init; } = 100_000;

    /// <summary>When it is read, from the beginning of all clocks on.</summary>
    public TimeSpan ReadAt { get; init; }

    /// <summary>What is in the cache then, by key. Null: nobody may open it.</summary>
    public (int Key, string? Value)[]? Contents { get; init; }

    public RecoveryReport Report { get; init; } = new();

    /// <summary>The same for the file of the first writer, if that differs: it did not note what the eviction policy knew.</summary>
    public RecoveryReport? FirstReport { get; init; }

    public override string ToString() => Name;
}
