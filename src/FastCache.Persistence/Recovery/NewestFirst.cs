using FastCache.Persistence.Format;
using FastCache.Persistence.Writing;

namespace FastCache.Persistence.Recovery;

/// <summary>Tells, from the newest record to the oldest, what each still says: the first one of a key that is met is its newest.</summary>
/// <param name="expectedKeys">For how many keys there is room before it has to grow.</param>
internal sealed class NewestFirst(int expectedKeys)
{
    private readonly DigestSet _seen = new(expectedKeys);

    /// <summary>Judges the next older record. Amortised O(1).</summary>
    public RecordFate Judge(in RecordView record)
        => record.Kind == RecordKind.Clear ? RecordFate.End
            : _seen.Add(record.KeyDigest) ? RecordFate.Newest
            : RecordFate.Superseded;
}
