using FastCache.Journaling;
using FastCache.Timing;

namespace FastCache.Tests.Unit.TestTypes;

/// <summary>The record of an entry that a test puts back: it is in the journal already.</summary>
/// <param name="position">Where.</param>
internal sealed class RestoredWrite(ulong position) : JournalRecord
{
    public override void SetLifetime(in Lifetime lifetime, long now)
    {
    }

    public override ulong Put(long generation) => position;

    public override void Remove()
    {
    }

    public override void Complete()
    {
    }

    public override void CompleteUnawaited()
    {
    }
}
