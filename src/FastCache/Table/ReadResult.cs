using System.Diagnostics.CodeAnalysis;

namespace FastCache.Table;

/// <summary>What a read found. Small enough for two registers, unlike an out parameter, which goes through memory.</summary>
internal readonly struct ReadResult<TCell>(TCell cell)
{
    public TCell? Cell { get; } = cell;

    [MemberNotNullWhen(true, nameof(Cell))]
    public bool Found { get; } = true;
}
