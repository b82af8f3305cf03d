using System.Diagnostics.CodeAnalysis;

namespace FastCache.Table;

/// <summary>How a read ended.</summary>
internal enum ReadOutcome : byte
{
    /// <summary>There was no entry of the key.</summary>
    Absent,

    /// <summary>There was one.</summary>
    Hit,

    /// <summary>There was one, which a load may replace by now.</summary>
    HitToRefresh,

    /// <summary>There was one whose attention tick has come: whether it may be served is for the shard to say.</summary>
    Due,

    /// <summary>It is no longer the entry that was looked at.</summary>
    Changed,
}

/// <summary>What a read found. Small enough for two registers, unlike an out parameter, which goes through memory.</summary>
internal readonly struct ReadResult<TCell>(TCell? cell, ReadOutcome outcome)
{
    public TCell? Cell { get; } = cell;

    public ReadOutcome Outcome { get; } = outcome;

    [MemberNotNullWhen(true, nameof(Cell))]
    public bool Found => Outcome == ReadOutcome.Hit;
}
