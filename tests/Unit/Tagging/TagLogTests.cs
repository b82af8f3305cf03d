using FastCache.Tests.Unit.Journaling;
using FastCache.Tests.Unit.TestTypes;
using Xunit;
using static FastCache.Tests.Unit.Tagging.TaggedCache;

namespace FastCache.Tests.Unit.Tagging;

/// <summary>The log does not know tags: rather than bring back later what was removed, a cache with a log refuses.</summary>
public sealed class TagLogTests
{
    private static readonly Dictionary<string, Action<Cache<int, string>>> Calls = new()
    {
        ["Set"] = static cache => cache.Set(1, "new", Tagged("a")),
        ["Set of an absent key"] = static cache => cache.Set(2, "new", Tagged("a")),
        ["TryAdd"] = static cache => cache.TryAdd(2, "new", Tagged("a")),
        ["TrySetExpiry"] = static cache => cache.TrySetExpiry(1, Tagged("a")),
        ["GetOrAdd"] = static cache => cache.GetOrAdd(2, static _ => "new", Tagged("a")),
        ["RemoveByTag"] = static cache => cache.RemoveByTag("a"),
        ["RemoveByTags"] = static cache => cache.RemoveByTags("a", "b"),
        ["RemoveWhere"] = static cache => cache.RemoveWhere(static _ => true),
    };

    public static TheoryData<string> Members => [.. Calls.Keys];

    [Theory]
    [MemberData(nameof(Members))]
    public void A_cache_with_a_log_refuses_tags_and_stays_as_it_is(string member)
    {
        using var run = new JournaledCache();
        run.Cache.Set(1, "old");
        int written = run.Journal.Entries.Length;

        Assert.Contains("log", Assert.Throws<NotSupportedException>(() => Calls[member](run.Cache)).Message, StringComparison.Ordinal);

        Assert.True(run.Cache.TryGet(1, out string? value) && value == "old");
        Assert.Equal(1, run.Cache.Count);
        Assert.Equal(0, run.Cache.LoadsInProgress);
        Assert.Equal(written, run.Journal.Entries.Length);
        run.Cache.AssertConsistent();
    }
}
