namespace FastCache.Tests.Persistence.Simulation;

/// <summary>A file at one moment: what is on the disk, what reads return, and the writes that are only in the latter. Immutable.</summary>
internal sealed class FileImage
{
    private readonly UnsyncedWrite? _unsynced;
    private readonly bool _hasLost;

    private FileImage(SharedBytes durable, SharedBytes current, UnsyncedWrite? unsynced, bool hasLost)
    {
        Durable = durable;
        Current = current;
        _unsynced = unsynced;
        _hasLost = hasLost;
    }

    public static FileImage Empty { get; } = Of(SharedBytes.Empty);

    public SharedBytes Durable { get; }

    public SharedBytes Current { get; }

    public static FileImage Of(SharedBytes durable) => new(durable, durable, null, false);

    public FileImage With(int offset, ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return this;
        }

        SharedBytes after = Current.With(offset, bytes);
        return new FileImage(Durable, after, new UnsyncedWrite(offset, bytes.Length, after, _unsynced), _hasLost);
    }

    /// <summary>After a sync. Writes that a failed one has lost stay lost.</summary>
    public FileImage Synced() => new(Kept(), Current, null, _hasLost);

    /// <summary>After a sync that has failed: what a power cut could have left is on the disk. Reads return all, but nothing will be written.</summary>
    public FileImage SyncFailed(ref SplitMix random) => new(Torn(ref random), Current, null, _hasLost || _unsynced is not null);

    /// <summary>What is on the disk after all writes have reached it that are not lost.</summary>
    public SharedBytes Kept()
    {
        if (!_hasLost)
        {
            return Current;
        }

        SharedBytes kept = Durable;
        foreach (UnsyncedWrite write in UnsyncedWrite.OldestFirst(_unsynced))
        {
            kept = kept.With(write.Offset, write.Bytes);
        }

        return kept;
    }

    /// <summary>What may be on the disk after a power cut.</summary>
    public SharedBytes Torn(ref SplitMix random)
        => _unsynced is null ? Durable : Tearing.Tear(Durable.Span, UnsyncedWrite.OldestFirst(_unsynced), ref random);
}
