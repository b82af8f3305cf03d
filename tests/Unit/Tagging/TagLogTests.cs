using FastCache.Tests.Unit.Journaling;
using FastCache.Tests.Unit.TestTypes;
using Xunit;
using static FastCache.Tests.Unit.Tagging.TaggedCache;

namespace FastCache.Tests.Unit.Tagging;

/// <summary>What a cache writes down of tags, and of keys that are removed together.</summary>
public sealed class TagLogTests
{
    private static readonly Dictionary<string, Action<Cache<int, string>>> Writes = new()
    {
        ["Set"] = static cache => cache.Set(1, "new", Tagged("a", "b")),
        ["Set of an absent key"] = static cache => cache.Set(2, "new", Tagged("a", "b")),
        ["TryAdd"] = static cache => cache.TryAdd(2, "new", Tagged("a", "b")),
        ["TrySetExpiry"] = static cache => cache.TrySetExpiry(1, Tagged("a", "b")),
        ["GetOrAdd"] = static cache => cache.GetOrAdd(2, static _ => "new", Tagged("a", "b")),
        ["TrySetExpiry of what has tags"] = static cache =>
        {
            cache.Set(1, "new", Tagged("a", "b"));
            cache.TrySetExpiry(1, new EntryOptions { ExpireAfterWrite = TimeSpan.FromHours(1) });
        },
    };

    public static TheoryData<string> Members => [.. Writes.Keys];

    [Theory]
    [MemberData(nameof(Members))]
    public void Every_write_with_tags_says_which(string member)
    {
        using var run = new JournaledCache();
        run.Cache.Set(1, "old");

        Writes[member](run.Cache);

        JournalEntry<int, string> last = run.Journal.Entries[^1];
        Assert.Equal(JournalEntryKind.Put, last.Kind);
        Assert.Equal(["a", "b"], Enumerable.Range(0, last.Lifetime.Tags!.Count).Select(index => last.Lifetime.Tags[index]));
        run.AssertSound();
    }

    [Fact]
    public void A_write_without_tags_takes_those_away()
    {
        using var run = new JournaledCache();
        run.Cache.Set(1, "old", Tagged("a"));
        run.Cache.Set(1, "new");

        run.Cache.RemoveByTag("a");

        Assert.Equal("new", run.Held(1));
        AssertReplayed(run);
    }

    [Fact]
    public void The_removal_of_a_tag_is_written_down_once_whatever_it_removes()
    {
        using var run = new JournaledCache();
        run.Cache.Set(1, "one", Tagged("a"));
        run.Cache.Set(2, "two", Tagged("a"));
        run.Cache.Set(3, "three");

        run.Cache.RemoveByTags("a", "unknown");
        run.Cache.Set(1, "again", Tagged("a"));

        Assert.Equal(
            ["put 1 = one", "put 2 = two", "put 3 = three", "remove tag a", "remove tag unknown", "put 1 = again"], run.Journal.Lines);
        Assert.Equal(1, run.Journal.Calls(JournalCall.CompleteAll));
        AssertReplayed(run);
    }

    [Fact]
    public void What_began_before_the_removal_of_its_tag_is_not_written_down_and_what_it_takes_the_place_of_does_not_come_back()
    {
        using var run = new JournaledCache();
        run.Cache.Set(1, "old");
        bool isFirst = true;
        run.Journal.OnCall = call =>
        {
            // Between the moment at which the write gets its tags and the one at which it gets its place.
            if (call == JournalCall.SetLifetime && isFirst)
            {
                isFirst = false;
                run.Cache.RemoveByTag("a");
            }
        };

        run.Cache.Set(1, "new", Tagged("a"));

        Assert.False(isFirst);
        Assert.Null(run.Held(1));
        Assert.Equal(["put 1 = old", "remove tag a", "remove 1"], run.Journal.Lines);
        AssertReplayed(run);
    }

    [Fact]
    public void Keys_that_are_removed_together_are_written_down_together_and_one_by_one()
    {
        using var run = new JournaledCache();
        run.Cache.Set(1, "one");
        run.Cache.Set(2, "two");
        run.Cache.Set(10, "ten");

        int removed = run.Cache.RemoveMatching(KeyPattern.Prefix("1"), static key => key is 1 or 10);

        Assert.Equal(2, removed);
        Assert.Equal("remove all of 1", run.Journal.Lines[3]);
        Assert.Equal(["remove 1", "remove 10"], run.Journal.Lines[4..].Order(StringComparer.Ordinal));
        Assert.Equal(1, run.Journal.Calls(JournalCall.CompleteAll));
        AssertReplayed(run);
    }

    [Fact]
    public void What_was_restored_has_its_tags()
    {
        using var run = new JournaledCache();
        run.Restore(1, tags: ["a", "b"]);
        run.Restore(2, tags: ["c"]);

        run.Cache.RemoveByTag("b");

        Assert.Null(run.Held(1));
        Assert.Equal("old", run.Held(2));
        run.AssertSound();
    }

    [Fact]
    public void What_was_removed_by_its_tag_or_with_others_is_not_restored_afterwards()
    {
        using var run = new JournaledCache();
        run.Cache.RemoveByTag("a");
        run.Cache.RemoveMatching(KeyPattern.Prefix("3"), static key => key == 3);

        Assert.Equal(FastCache.Journaling.RestoreOutcome.Outdated, run.Restore(1, tags: ["b", "a"]));
        Assert.Equal(FastCache.Journaling.RestoreOutcome.Restored, run.Restore(2, tags: ["b"]));
        Assert.Equal(FastCache.Journaling.RestoreOutcome.Outdated, run.Restore(3));

        Assert.Null(run.Held(1));
        Assert.Equal("old", run.Held(2));
        Assert.Null(run.Held(3));
        run.AssertSound();
    }

    [Fact]
    public void Tags_that_nobody_has_are_remembered_while_something_may_be_restored()
    {
        using var run = new JournaledCache();
        for (int tag = 0; tag < 3000; tag++)
        {
            run.Cache.RemoveByTag($"{tag}");
        }

        Assert.Equal(FastCache.Journaling.RestoreOutcome.Outdated, run.Restore(1, tags: ["17"]));
        Assert.Equal(FastCache.Journaling.RestoreOutcome.Restored, run.Restore(2, tags: ["another"]));
        run.AssertSound();
    }

    [Fact]
    public void What_a_function_chooses_cannot_be_removed_where_there_is_a_log()
    {
        using var run = new JournaledCache();
        run.Cache.Set(1, "old");

        Assert.Contains("log", Assert.Throws<NotSupportedException>(() => run.Cache.RemoveWhere(static _ => true)).Message, StringComparison.Ordinal);

        Assert.Equal("old", run.Held(1));
        Assert.Equal(["put 1 = old"], run.Journal.Lines);
        run.AssertSound();
    }

    private static void AssertReplayed(JournaledCache run)
    {
        Assert.Equal(run.Journal.Replay().OrderBy(static entry => entry.Key), run.Cache.OrderBy(static entry => entry.Key));
        run.AssertSound();
    }
}
