using System.Diagnostics.CodeAnalysis;
using FastCache.Journaling;
using FastCache.Sharding;
using Xunit;

namespace FastCache.Tests.Unit.Journaling;

/// <summary>What a process leaves of a cache: its values, and where they stood. Another cache begins with it.</summary>
internal sealed class PolicyImage : IRestoredOrder
{
    private readonly double? _windowShare;
    private readonly ulong _end;
    private readonly List<(ulong Position, int Key, string Value, EntryStanding Standing)> _entries = [];
    private readonly Dictionary<ulong, int> _ranks = [];

    public PolicyImage(JournaledCache run)
    {
        _windowShare = run.Cache.WindowShare;
        _end = run.Journal.Before + (ulong)run.Journal.Entries.Length;
        Dictionary<int, ulong> positions = Positions.NewestIn(run);
        foreach (RankedKey<int> ranked in run.Cache.CollectStandings())
        {
            ulong position = positions.GetValueOrDefault(ranked.Key, JournaledCache.RestoredAt(ranked.Key));
            _ranks.Add(position, _entries.Count);
            _entries.Add((position, ranked.Key, run.Held(ranked.Key)!, ranked.Standing));
        }
    }

    /// <summary>Called when the cache asks for the rank of an entry: nothing of it is held.</summary>
    public Action? OnRank { get; set; }

    /// <summary>The keys, the hottest first.</summary>
    public IEnumerable<int> Keys => _entries.Select(static entry => entry.Key);

    /// <summary>Puts everything back, the newest first, and then in order.</summary>
    public void RestoreInto(JournaledCache run)
    {
        PutBack(run);
        run.Cache.Rearrange(this);
    }

    /// <summary>Puts everything back, the newest first.</summary>
    public void PutBack(JournaledCache run)
    {
        run.Journal.Before = _end;
        if (_windowShare is { } share)
        {
            run.Cache.SetWindowShare(share);
        }

        foreach ((ulong position, int key, string value, EntryStanding standing) in _entries.OrderByDescending(static entry => entry.Position))
        {
            Assert.Equal(RestoreOutcome.Restored, run.Restore(key, value, position: position, standing: standing));
        }
    }

    [SuppressMessage("Design", "CA1033:Interface methods should be callable by child types", Justification = "It has none.")]
    bool IRestoredOrder.TryGetRank(ulong position, out int rank, out EntryStanding standing)
    {
        OnRank?.Invoke();
        bool isKnown = _ranks.TryGetValue(position, out rank);
        standing = isKnown ? _entries[rank].Standing : default;
        return isKnown;
    }
}
