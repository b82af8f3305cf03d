using FastCache.Journaling;
using FastCache.Timing;

namespace FastCache.Tests.Unit.TestTypes;

/// <summary>A record of a <see cref="RecordingJournal{TKey, TValue}"/>, which notices what must not be done with it.</summary>
internal sealed class RecordedWrite<TKey, TValue>(RecordingJournal<TKey, TValue> journal, JournalEntry<TKey, TValue> described) : JournalRecord
    where TKey : notnull
{
    private JournalEntry<TKey, TValue> _entry = described;
    private bool _isPlaced = described.Kind == JournalEntryKind.Clear;
    private bool _isCompleted;

    public override void SetLifetime(in Lifetime lifetime, long now)
    {
        journal.Require(!_isPlaced, $"the lifetime of \"{_entry}\" is told too late");
        _entry = _entry with { Lifetime = lifetime, Now = now };
        journal.Enter(JournalCall.SetLifetime);
    }

    public override ulong Put(long generation)
    {
        journal.Require(_entry.Kind == JournalEntryKind.Put, $"\"{_entry}\" is put");
        return Place(_entry, generation);
    }

    public override void Remove() => Place(new JournalEntry<TKey, TValue>(JournalEntryKind.Remove, _entry.Key), generation: null);

    public override void Complete()
    {
        journal.Require(_isPlaced, $"\"{_entry}\" is completed and has no place");
        End(JournalCall.Complete);
    }

    public override void CompleteUnawaited() => End(JournalCall.CompleteUnawaited);

    private ulong Place(JournalEntry<TKey, TValue> entry, long? generation)
    {
        journal.Require(!_isPlaced, $"\"{_entry}\" gets a second place");
        _isPlaced = true;
        return journal.Place(entry, generation);
    }

    private void End(JournalCall call)
    {
        journal.Require(!_isCompleted, $"\"{_entry}\" is completed twice");
        _isCompleted = true;
        journal.Enter(call);
        if (_isPlaced)
        {
            journal.CountCompleted();
        }
    }
}
