using FastCache.Journaling;
using FastCache.Tagging;

namespace FastCache.Tests.Unit.TestTypes;

/// <summary>A journal in memory, by the rules of the one that is written to a log. Says what a cache has done wrong with it.</summary>
/// <remarks>Thread-safe. Its lock is taken inside turns; nothing is called under it.</remarks>
internal sealed class RecordingJournal<TKey, TValue> : Journal<TKey, TValue>
    where TKey : notnull
{
    private readonly Lock _gate = new();
    private readonly List<JournalEntry<TKey, TValue>> _entries = [];
    private readonly HashSet<ulong> _touched = [];
    private readonly List<KeyPattern> _touchedKeys = [];
    private readonly List<string> _faults = [];
    private readonly int[] _calls = new int[Enum.GetValues<JournalCall>().Length];
    private long _generation;
    private bool _wasCleared;
    private int _uncompleted;
    private int _removals;

    /// <summary>Called where user code may run: it may do anything.</summary>
    public Action<JournalCall>? OnCall { get; set; }

    /// <summary>Called inside turns, when a record gets its place or a value is about to be put back.</summary>
    public Action? OnPlace { get; set; }

    /// <summary>Records that another process has left: what is written down comes after them.</summary>
    public ulong Before { get; set; }

    /// <summary>What was written down, in order.</summary>
    public JournalEntry<TKey, TValue>[] Entries
    {
        get
        {
            lock (_gate)
            {
                return [.. _entries];
            }
        }
    }

    /// <summary>The same as text.</summary>
    public string[] Lines => [.. Entries.Select(static entry => entry.ToString())];

    /// <summary>What the cache must not have done.</summary>
    public string[] Faults
    {
        get
        {
            lock (_gate)
            {
                return [.. _faults];
            }
        }
    }

    /// <summary>Records that have their place and are not completed.</summary>
    public int Uncompleted
    {
        get
        {
            lock (_gate)
            {
                return _uncompleted;
            }
        }
    }

    /// <summary>What a cache says of a key when it puts it back.</summary>
    public static ulong DigestOf(TKey key) => (ulong)(uint)key.GetHashCode();

    public override JournalRecord Describe(TKey key, TValue value)
    {
        Enter(JournalCall.Describe);
        return new RecordedWrite<TKey, TValue>(this, new(JournalEntryKind.Put, key, value));
    }

    public override JournalRecord Describe(TKey key)
    {
        Enter(JournalCall.Describe);
        return new RecordedWrite<TKey, TValue>(this, new(JournalEntryKind.Remove, key));
    }

    public override JournalRecord BeginClear(out long generation)
    {
        Enter(JournalCall.BeginClear);
        var clear = new JournalEntry<TKey, TValue>(JournalEntryKind.Clear);
        lock (_gate)
        {
            generation = ++_generation;
            _wasCleared = true;
            _uncompleted++;
            _entries.Add(clear);
        }

        return new RecordedWrite<TKey, TValue>(this, clear);
    }

    public override bool RemoveTag(string tag, TagRegistry tags)
    {
        Enter(JournalCall.RemoveTag);
        lock (_gate)
        {
            _uncompleted++;
            _removals++;
            _entries.Add(new JournalEntry<TKey, TValue>(JournalEntryKind.RemoveTag, Tag: tag));
            return tags.Invalidate(tag);
        }
    }

    public override void RemoveMatching(KeyPattern pattern)
    {
        Enter(JournalCall.RemoveMatching);
        lock (_gate)
        {
            _uncompleted++;
            _removals++;
            _entries.Add(new JournalEntry<TKey, TValue>(JournalEntryKind.RemoveMatching, Pattern: pattern));
            _touchedKeys.Add(pattern);
        }
    }

    public override void CompleteAll()
    {
        Enter(JournalCall.CompleteAll);
        lock (_gate)
        {
            // Of several callers, whoever is last has waited for them all.
            _uncompleted -= _removals;
            _removals = 0;
        }
    }

    public override bool MayRestore(TKey key, ulong keyDigest)
    {
        OnPlace?.Invoke();
        lock (_gate)
        {
            return !_wasCleared && !_touched.Contains(keyDigest) && !_touchedKeys.Exists(pattern => pattern.Matches(key.ToString()));
        }
    }

    /// <summary>How often a cache has called.</summary>
    public int Calls(JournalCall call)
    {
        lock (_gate)
        {
            return _calls[(int)call];
        }
    }

    /// <summary>Forgets what was written down so far; not which keys were.</summary>
    public void StartOver()
    {
        lock (_gate)
        {
            _entries.Clear();
            Array.Clear(_calls);
        }
    }

    /// <summary>What another process would find: of each key the last word, and of several keys what was removed together.</summary>
    public Dictionary<TKey, TValue> Replay()
    {
        var found = new Dictionary<TKey, JournalEntry<TKey, TValue>>();
        foreach (JournalEntry<TKey, TValue> entry in Entries)
        {
            switch (entry.Kind)
            {
                case JournalEntryKind.Put:
                    found[entry.Key!] = entry;
                    break;
                case JournalEntryKind.Remove:
                    found.Remove(entry.Key!);
                    break;
                default:
                    foreach (TKey removed in found.Values.Where(entry.Removes).Select(static put => put.Key!).ToArray())
                    {
                        found.Remove(removed);
                    }

                    break;
            }
        }

        return found.ToDictionary(static entry => entry.Key, static entry => entry.Value.Value!);
    }

    internal void Enter(JournalCall call)
    {
        lock (_gate)
        {
            _calls[(int)call]++;
        }

        OnCall?.Invoke(call);
    }

    /// <param name="entry">What to write down.</param>
    /// <param name="generation">Of a value: one of an older generation is left out.</param>
    /// <returns>Which one it is, the first after those that were left; 0 if it is left out.</returns>
    internal ulong Place(JournalEntry<TKey, TValue> entry, long? generation)
    {
        OnPlace?.Invoke();
        lock (_gate)
        {
            _touched.Add(DigestOf(entry.Key!));
            _uncompleted++;
            if (generation is not null && generation != _generation)
            {
                return 0;
            }

            if (entry.Lifetime.IsInvalidated)
            {
                _entries.Add(new JournalEntry<TKey, TValue>(JournalEntryKind.Remove, entry.Key));
                return 0;
            }

            _entries.Add(entry);
            return Before + (ulong)_entries.Count;
        }
    }

    internal void CountCompleted()
    {
        lock (_gate)
        {
            _uncompleted--;
        }
    }

    internal void Require(bool condition, string fault)
    {
        if (!condition)
        {
            lock (_gate)
            {
                _faults.Add(fault);
            }
        }
    }
}
