using FastCache.Persistence;

namespace FastCache.Tests.Persistence.Crashes;

/// <summary>A log and what is done with its cache. Prints as C#.</summary>
/// <param name="Durability">When what is written is safe.</param>
/// <param name="BlockSize">Bytes of a block: few, so that there are many blocks.</param>
/// <param name="SegmentSize">Bytes of a segment.</param>
/// <param name="MaxLogSize">Bytes of all segments.</param>
/// <param name="Seed">Decides what is left after a crash.</param>
/// <param name="Steps">What is done.</param>
internal sealed record LogProgram(
    LogDurability Durability, int BlockSize, int SegmentSize, int MaxLogSize, int Seed, IReadOnlyList<LogStep> Steps)
{
    public override string ToString()
        => $"""

            new LogProgram(LogDurability.{Durability}, BlockSize: {BlockSize}, SegmentSize: {SegmentSize}, MaxLogSize: {MaxLogSize}, Seed: {Seed},
            [
                {string.Join(Environment.NewLine + "    ", Steps)}
            ])
            """;
}
