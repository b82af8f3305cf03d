using FastCache.Persistence.Format;
using FastCache.Persistence.Writing;

namespace FastCache.Persistence.Recovery;

/// <summary>Tells, from the newest record to the oldest, what each still says: the first one of a key that is met is its newest.</summary>
/// <param name="expectedKeys">For how many keys there is room before it has to grow.</param>
internal sealed class NewestFirst(int expectedKeys)
{
    private readonly DigestSet _seen = new(expectedKeys);

    /// <summary>Judges the next older record. Amortised O(1).</summary>
    /// <param name="record">The record.</param>
    /// <param name="sequence">Its sequence.</param>
    /// <param name="floor">The first sequence that counts.</param>
    public RecordFate Judge(in RecordView record, ulong sequence, ulong floor)
    {
        if (sequence < floor || record.Kind == RecordKind.Clear)
        {
            return RecordFate.End;
        }

        return _seen.Add(record.KeyDigest) ? RecordFate.Newest : RecordFate.Superseded;
    }
}
