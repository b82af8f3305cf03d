using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Journaling;

/// <summary>What goes by another form of the keys is written down as well, removals of absent keys too.</summary>
public sealed class JournalAlternateKeyTests
{
    public static TheoryData<bool> Kinds => [false, true];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Removals_of_present_and_absent_keys(bool hasComparer)
    {
        (Cache<string, string> cache, RecordingJournal<string, string> journal) = Create(hasComparer);
        using (cache)
        {
            Cache<string, string>.AlternateLookup<ReadOnlySpan<char>> lookup = cache.GetAlternateLookup<ReadOnlySpan<char>>();

            Assert.False(lookup.TryRemove("absent"));
            cache.Set("present", "a");
            Assert.True(lookup.TryRemove("present"));
            Assert.False(lookup.TryRemove("present"));

            Assert.Equal(["remove absent", "put present = a", "remove present", "remove present"], journal.Lines);
            AssertSound(cache, journal);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Additions_and_loads(bool hasComparer)
    {
        (Cache<string, string> cache, RecordingJournal<string, string> journal) = Create(hasComparer);
        using (cache)
        {
            Cache<string, string>.AlternateLookup<ReadOnlySpan<char>> lookup = cache.GetAlternateLookup<ReadOnlySpan<char>>();

            Assert.True(lookup.Set("key", "a"));
            Assert.True(lookup.Set("key", "b"));
            Assert.False(lookup.TryAdd("key", "c"));
            Assert.True(lookup.TryAdd("other", "d"));
            Assert.Equal("b", lookup.GetOrAdd("key", static _ => "e"));
            Assert.Equal("f", lookup.GetOrAdd("third", static _ => "f"));
            Assert.True(lookup.TryGet("third", out _));

            Assert.Equal(["put key = a", "put key = b", "put other = d", "put third = f"], journal.Lines);
            AssertSound(cache, journal);
        }
    }

    private static (Cache<string, string> Cache, RecordingJournal<string, string> Journal) Create(bool hasComparer)
    {
        var journal = new RecordingJournal<string, string>();
        var options = new CacheOptions<string, string>
        {
            Capacity = 100,
            ShardCount = 1,
            HashSeed = TestCache.Seed,
            Comparer = hasComparer ? StringComparer.OrdinalIgnoreCase : null,
        };
        return (new Cache<string, string>(options, journal), journal);
    }

    private static void AssertSound(Cache<string, string> cache, RecordingJournal<string, string> journal)
    {
        cache.AssertConsistent();
        Assert.Empty(journal.Faults);
        Assert.Equal(0, journal.Uncompleted);
    }
}
