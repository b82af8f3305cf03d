using CommunityToolkit.HighPerformance.Buffers;
using FastCache.Journaling;
using FastCache.Persistence.Format;

namespace FastCache.Persistence.Recovery;

/// <summary>The newest snapshot of the eviction policy that a log holds whole: who was in the cache, and where it stood.</summary>
/// <remarks>Without one nothing is known; a snapshot is believed for no more than which entries to prefer, and in which order.</remarks>
internal sealed class RestoredStandings : IRestoredOrder
{
    private readonly Dictionary<ulong, int> _ranks;
    private readonly List<EntryStanding> _standings;

    // Restored entries from the newest to the oldest: where they are in the log, and their ranks.
    private readonly List<(ulong Position, int Rank)> _restored = [];

    private RestoredStandings(ulong asOf, double windowShare, Dictionary<ulong, int> ranks, List<EntryStanding> standings)
    {
        AsOf = asOf;
        WindowShare = windowShare;
        _ranks = ranks;
        _standings = standings;
    }

    /// <summary>The last record before the snapshot; what is not in it and not newer had been given up.</summary>
    public ulong AsOf { get; }

    /// <summary>How much of the limit the window had; 0 if there was none.</summary>
    public double WindowShare { get; }

    /// <summary>How many entries it lists.</summary>
    public int Count => _standings.Count;

    /// <summary>Reads the newest one; null if there is none that is whole.</summary>
    public static RestoredStandings? Read(LogScan scan, BlockDecoder decoder)
    {
        // Parts of one snapshot follow each other, maybe with records in between.
        int end = scan.Standings.Count;
        while (end > 0 && AsOfPart(end - 1) >= scan.FloorSequence)
        {
            int begin = end - 1;
            while (begin > 0 && AsOfPart(begin - 1) == AsOfPart(end - 1))
            {
                begin--;
            }

            // One that speaks of records that were lost would hide what is older of the same keys.
            if (AsOfPart(begin) <= scan.LastSequence && TryRead(scan.Standings[begin..end], decoder) is { } standings)
            {
                return standings;
            }

            end = begin;
        }

        return null;

        ulong AsOfPart(int index) => scan.Standings[index].Header.LastSequence;
    }

    /// <summary>Where the entry of a key stood; false if it was not in the cache.</summary>
    public bool TryFind(ulong digest, out int rank, out EntryStanding standing)
    {
        bool isThere = _ranks.TryGetValue(digest, out rank);
        standing = isThere ? _standings[rank] : default;
        return isThere;
    }

    /// <summary>An entry is in the cache again. In descending order of positions.</summary>
    public void NoteRestored(ulong position, int rank) => _restored.Add((position, rank));

    /// <inheritdoc/>
    public bool TryGetRank(ulong position, out int rank, out EntryStanding standing)
    {
        int low = 0;
        int high = _restored.Count - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            (ulong at, rank) = _restored[middle];
            if (at == position)
            {
                standing = _standings[rank];
                return true;
            }

            (low, high) = at > position ? (middle + 1, high) : (low, middle - 1);
        }

        (rank, standing) = (0, default);
        return false;
    }

    private static RestoredStandings? TryRead(List<BlockLocation> parts, BlockDecoder decoder)
    {
        Dictionary<ulong, int> ranks = [];
        List<EntryStanding> standings = [];
        RestoredStandings? newest = null;
        foreach (BlockLocation location in parts)
        {
            using MemoryOwner<byte>? content = decoder.Read(location);
            if (content is null || !StandingsPart.TryRead(content.Span, out StandingsPart part))
            {
                continue;
            }

            if (part.First == 0)
            {
                // There may be two of the same moment, if nothing was written in between.
                ranks = [];
                standings = [];
            }

            for (int index = 0; part.First + index == standings.Count && index < part.Count; index++)
            {
                ranks[part.DigestOf(index)] = standings.Count;
                standings.Add(part.StandingOf(index));
            }

            // Parts of two snapshots do not make one: they list some keys twice.
            if (standings.Count == part.Total && ranks.Count == standings.Count)
            {
                newest = new RestoredStandings(part.AsOf, part.WindowShare, ranks, standings);
            }
        }

        return newest;
    }
}
