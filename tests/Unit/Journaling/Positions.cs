using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Journaling;

/// <summary>Where a journal has the entries of a cache, by the journal's own account.</summary>
internal static class Positions
{
    /// <summary>Where the newest record of each key is whose last word is a value.</summary>
    public static Dictionary<int, ulong> NewestIn(JournaledCache run)
    {
        var newest = new Dictionary<int, ulong>();
        ulong position = run.Journal.Before;
        foreach (JournalEntry<int, string> entry in run.Journal.Entries)
        {
            position++;
            switch (entry.Kind)
            {
                case JournalEntryKind.Put:
                    newest[entry.Key] = position;
                    break;
                case JournalEntryKind.Remove:
                    newest.Remove(entry.Key);
                    break;
                default:
                    newest.Clear();
                    break;
            }
        }

        return newest;
    }

    /// <summary>Where the cache believes its entries to be.</summary>
    public static List<ulong> KnownTo(JournaledCache run) => run.Cache.CollectPositions(1, ulong.MaxValue);

    /// <summary>Asserts that each entry is where the newest record of its key is, and nothing else is anywhere.</summary>
    public static void AssertNewest(JournaledCache run)
    {
        Dictionary<int, ulong> newest = NewestIn(run);
        List<ulong> known = KnownTo(run);

        Assert.Equal(run.Cache.Count, known.Count);
        ulong[] expected = [.. run.Cache.Select(entry => newest.GetValueOrDefault(entry.Key, JournaledCache.RestoredAt(entry.Key)))];
        Assert.Empty(expected.Except(known));

        // What is stale is in the cache for all that, and is not listed by it.
        Assert.Empty(known.Except(expected).Except(newest.Values));
        run.AssertSound();
    }
}
