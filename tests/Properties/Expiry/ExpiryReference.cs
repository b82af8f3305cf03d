using FastCache.Timing;

namespace FastCache.Tests.Properties.Expiry;

/// <summary>What a cache of entries that expire holds: a dictionary and a clock.</summary>
/// <remarks>
/// <para>An entry is gone at its end if it is looked at closely then; in coarse time that is so once a tick at most: from the
/// first tick after its end on, and for an idle entry from the end of the tick of the last access on. Until then an
/// entry whose end has passed is still there.</para>
/// <para>Entries that have expired stay in the dictionary until they are written or removed: the cache may still count them.</para>
/// </remarks>
internal sealed class ExpiryReference(ExpirySetup setup)
{
    private const long Never = long.MaxValue;
    private readonly Dictionary<int, Entry> _entries = [];

    /// <summary>The time, in units of 100 nanoseconds. It begins with the first tick.</summary>
    public long Now { get; private set; } = Tick.Length;

    /// <summary>Writes that were refused because their moment had passed.</summary>
    public int Refused { get; private set; }

    /// <summary>Entries that the cache may count.</summary>
    public int MostEntries => _entries.Count;

    /// <summary>Entries that no tick has come for since their end was known: a read may have set it to the present moment.</summary>
    public int EntriesAfterTrim => _entries.Values.Count(entry => Math.Max(entry.End, entry.EndedByRead) > Now - (Now % Tick.Length));

    public Dictionary<int, int> Present => _entries.Where(entry => IsPresent(entry.Value)).ToDictionary(entry => entry.Key, entry => entry.Value.Value);

    public void Pass(int milliseconds) => Now += milliseconds * TimeSpan.TicksPerMillisecond;

    public int? Peek(int key) => Find(key)?.Value;

    public TimeSpan? TimeToLive(int key) => Find(key) is { } entry ? LeftOf(entry) : null;

    public int? Read(int key)
    {
        Entry? entry = Find(key);
        if (entry is not null && IsExamined(entry))
        {
            Access(entry);
        }

        return entry?.Value;
    }

    /// <summary>Adds or replaces. Whether the value was kept.</summary>
    public bool Write(int key, int value, Lives lives)
    {
        Entry? current = Find(key);
        Entry written = lives.IsSet || setup.Computed == Computed.Nothing
            ? FromLives(lives)
            : current is null
                ? new Entry { Deadline = After(ComputedLives.Create(value)) }
                : Decided(ComputedLives.Update(value, LeftOf(current)), current);
        written.Value = value;
        if (written.End <= Now)
        {
            Refused++;
            _entries.Remove(key);
            return false;
        }

        _entries[key] = written;
        return true;
    }

    public bool Remove(int key) => Find(key) is not null && _entries.Remove(key);

    public void Clear() => _entries.Clear();

    /// <summary>In coarse time the reads in the rest of a tick are not noted, so an access counts until its end.</summary>
    private long AccessNow => setup.IsPrecise ? Now : ((Now / Tick.Length) + 1) * Tick.Length;

    private Entry? Find(int key) => _entries.TryGetValue(key, out Entry? entry) && IsPresent(entry) ? entry : null;

    private bool IsPresent(Entry entry) => entry.End > Now || !IsExamined(entry);

    private bool IsExamined(Entry entry)
        => setup.IsPrecise
            || setup.Computed == Computed.AtReadsToo
            || NextTickAt(entry.End) <= Now
            || (entry.IdleLimit != 0 && entry.End != Never && entry.LastAccess <= Now);

    private void Access(Entry entry)
    {
        if (setup.Computed == Computed.AtReadsToo)
        {
            Entry decided = Decided(ComputedLives.Read(entry.Value, LeftOf(entry)), entry);
            (entry.Deadline, entry.IdleLimit, entry.LastAccess) = (decided.Deadline, decided.IdleLimit, decided.LastAccess);
            entry.EndedByRead = Now + 1;
        }
        else
        {
            entry.LastAccess = AccessNow;
        }
    }

    private Entry Decided(TimeSpan updated, Entry current)
        => updated == LeftOf(current)
            ? new Entry { Deadline = current.Deadline, IdleLimit = current.IdleLimit, LastAccess = current.LastAccess }
            : new Entry { Deadline = After(updated) };

    private Entry FromLives(Lives lives)
    {
        int afterWrite = lives.AfterWrite ?? (lives.At is null ? setup.AfterWrite : null) ?? Durations.Infinite;
        int afterAccess = lives.AfterAccess ?? setup.AfterAccess ?? Durations.Infinite;
        long at = lives.At is { } milliseconds ? Now + (milliseconds * TimeSpan.TicksPerMillisecond) : Never;
        return new Entry
        {
            Deadline = Math.Min(After(Durations.Of(afterWrite)), at),
            IdleLimit = afterAccess == Durations.Infinite ? 0 : Durations.Of(afterAccess).Ticks,
            LastAccess = AccessNow,
        };
    }

    private TimeSpan LeftOf(Entry entry)
        => entry.End == Never ? Timeout.InfiniteTimeSpan : TimeSpan.FromTicks(Math.Clamp(entry.End - Now, 0, entry.IdleLimit == 0 ? Never : entry.IdleLimit));

    private long After(TimeSpan duration) => duration == Timeout.InfiniteTimeSpan ? Never : Sum(Now, duration.Ticks);

    private static long Sum(long time, long duration) => duration < Never - time ? time + duration : Never;

    private static long NextTickAt(long time) => time == Never ? Never : (time + Tick.Length - 1) / Tick.Length * Tick.Length;

    private sealed class Entry
    {
        public int Value { get; set; }

        public long Deadline { get; set; } = Never;

        /// <summary>0 for none.</summary>
        public long IdleLimit { get; set; }

        public long LastAccess { get; set; }

        public long EndedByRead { get; set; }

        public long End => IdleLimit == 0 ? Deadline : Math.Min(Deadline, Sum(LastAccess, IdleLimit));
    }
}
