using FastCache.Journaling;
using FastCache.Timing;

namespace FastCache.Sharding;

/// <summary>What a value that was loaded comes to as an entry.</summary>
internal record struct LoadedEntry<TCell>
{
    /// <summary>Whether it is to be kept at all.</summary>
    public bool IsKept { get; init; }

    /// <summary>Whether it is the very value that was there when the load began.</summary>
    public bool IsRenewal { get; init; }

    /// <summary>Whether the shard cannot keep it.</summary>
    public bool IsRefused { get; set; }

    public TCell Cell { get; init; }

    public int Weight { get; init; }

    public Lifetime Lifetime { get; set; }

    public uint AttentionTick { get; set; }

    /// <summary>What the journal is told.</summary>
    public JournalRecord? Record { get; init; }
}
