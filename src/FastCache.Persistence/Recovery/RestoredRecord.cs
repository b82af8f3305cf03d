using FastCache.Journaling;
using FastCache.Timing;

namespace FastCache.Persistence.Recovery;

/// <summary>The record of an entry that is put back: it is in the log already.</summary>
internal sealed class RestoredRecord : JournalRecord
{
    /// <summary>Where.</summary>
    public ulong Position { get; set; }

    /// <inheritdoc/>
    public override void SetLifetime(in Lifetime lifetime, long now)
    {
    }

    /// <inheritdoc/>
    public override ulong Put(long generation) => Position;

    /// <inheritdoc/>
    public override void Remove()
    {
    }

    /// <inheritdoc/>
    public override void Complete()
    {
    }

    /// <inheritdoc/>
    public override void CompleteUnawaited()
    {
    }
}
