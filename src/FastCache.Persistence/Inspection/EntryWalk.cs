using FastCache.Persistence.Format;
using FastCache.Persistence.Recovery;

namespace FastCache.Persistence.Inspection;

/// <summary>Goes through the records that count, from the newest to the oldest, and tells which of them an opening would bring back.</summary>
internal sealed class EntryWalk
{
    private const int ExpectedKeys = 1 << 12;

    private readonly LogScan _scan;
    private readonly NewestFirst _newestFirst = new(ExpectedKeys);
    private readonly RestoredStandings? _standings;
    private readonly long _utcNow;

    public EntryWalk(LogInspection inspection)
    {
        _scan = inspection.Scan;
        _standings = RestoredStandings.Read(inspection.Scan, inspection.Decoder);
        _utcNow = inspection.UtcNow;

        // What an opening discards as a whole.
        IsOver = _scan.IsStale;
    }

    /// <summary>Whether nothing older counts.</summary>
    public bool IsOver { get; private set; }

    public long Entries { get; private set; }

    public long Expired { get; private set; }

    public long Superseded { get; private set; }

    public long GivenUp { get; private set; }

    /// <summary>Judges the next older record; whether it is one that would come back.</summary>
    public bool ComesBack(in RecordView record, ulong sequence)
    {
        IsOver |= sequence < _scan.FloorSequence;
        if (IsOver)
        {
            return false;
        }

        switch (_newestFirst.Judge(record))
        {
            case RecordFate.End:
                IsOver = true;
                return false;
            case RecordFate.Superseded or RecordFate.Removed:
                Superseded++;
                return false;
            case RecordFate.Noted:
                return false;
            case RecordFate.Newest when WasGivenUp(record, sequence):
                GivenUp += record.Kind == RecordKind.Put ? 1 : 0;
                return false;
            default:
                return record.Kind == RecordKind.Put && IsAlive(record.Header);
        }
    }

    /// <summary>The next older block that counts, which was durable, is damaged.</summary>
    public void Break(int block)
    {
        _scan.DropThrough(block);
        IsOver = true;
    }

    private bool WasGivenUp(in RecordView record, ulong sequence)
        => sequence <= _standings?.AsOf && _standings.Find(record.KeyDigest, out _) < 0;

    private bool IsAlive(in PutHeader header)
    {
        bool isAlive = header.ExpiresAt > _utcNow;
        Entries += isAlive ? 1 : 0;
        Expired += isAlive ? 0 : 1;
        return isAlive;
    }
}
