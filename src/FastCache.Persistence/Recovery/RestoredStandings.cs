using CommunityToolkit.HighPerformance.Buffers;
using FastCache.Journaling;
using FastCache.Persistence.Format;

namespace FastCache.Persistence.Recovery;

/// <summary>The newest snapshot of the eviction policy that a log holds whole: who was in the cache, and where it stood.</summary>
/// <remarks>Without one nothing is known; a snapshot is believed for no more than which entries to prefer, and in which order.</remarks>
internal sealed class RestoredStandings : IRestoredOrder
{
    private readonly DigestRanks _ranks;
    private readonly List<EntryStanding> _standings;

    // Restored entries from the newest to the oldest: where they are in the log, and their ranks.
    private readonly List<(ulong Position, int Rank)> _restored = [];

    private RestoredStandings(ulong asOf, double windowShare, DigestRanks ranks, List<EntryStanding> standings)
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

    /// <summary>The rank of a key's entry, and where it stood; -1 if it was not in the cache.</summary>
    public int Find(ulong digest, out EntryStanding standing)
    {
        int rank = _ranks.RankOf(digest);
        standing = rank >= 0 ? _standings[rank] : default;
        return rank;
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

    /// <summary>Reads the last one of some parts that is whole: there may be several of the same moment, if nothing was written in between.</summary>
    private static RestoredStandings? TryRead(List<BlockLocation> parts, BlockDecoder decoder)
    {
        // From the last part back to the first one of its snapshot.
        var contents = new Stack<MemoryOwner<byte>>();
        RestoredStandings? found = null;
        for (int index = parts.Count - 1; index >= 0 && found is null; index--)
        {
            if (decoder.Read(parts[index]) is not { } content)
            {
                continue;
            }

            contents.Push(content);
            if (!StandingsPart.TryRead(content.Span, out StandingsPart part))
            {
                contents.Pop().Dispose();
            }
            else if (part.First == 0)
            {
                found = TryJoin(contents);
                DisposeAll(contents);
            }
        }

        DisposeAll(contents);
        return found;
    }

    /// <summary>Null if the parts are not all that there are of one snapshot.</summary>
    private static RestoredStandings? TryJoin(Stack<MemoryOwner<byte>> contents)
    {
        int capacity = contents.Sum(static content => content.Length / StandingsPart.EntryLength);
        var ranks = new DigestRanks(capacity);
        var standings = new List<EntryStanding>(capacity);
        foreach (MemoryOwner<byte> content in contents)
        {
            StandingsPart.TryRead(content.Span, out StandingsPart part);
            if (part.First != standings.Count)
            {
                return null;
            }

            for (int index = 0; index < part.Count; index++)
            {
                // Parts of two snapshots list some keys twice.
                if (!ranks.TryAdd(part.DigestOf(index), standings.Count))
                {
                    return null;
                }

                standings.Add(part.StandingOf(index));
            }

            if (standings.Count == part.Total)
            {
                return new RestoredStandings(part.AsOf, part.WindowShare, ranks, standings);
            }
        }

        return null;
    }

    private static void DisposeAll(Stack<MemoryOwner<byte>> contents)
    {
        while (contents.TryPop(out MemoryOwner<byte>? content))
        {
            content.Dispose();
        }
    }
}
