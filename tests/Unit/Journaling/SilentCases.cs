using Xunit;

namespace FastCache.Tests.Unit.Journaling;

/// <summary>What is not written down: nothing is out of date because of it.</summary>
internal static class SilentCases
{
    public static IEnumerable<JournalCase> All =>
    [
        new("Trim", run => run.Cache.Trim(2)) { Given = JournalCase.Present },
        new("Dispose", run => run.Cache.Dispose()) { Given = JournalCase.Present },
        new("TryGet of a present key", run => run.Cache.TryGet(1, out _)) { Given = JournalCase.Present },
        new("TryGet of an absent key", run => run.Cache.TryGet(1, out _)),
        new("TryPeek", run => run.Cache.TryPeek(1, out _)) { Given = JournalCase.Present },
        new("ContainsKey", run => run.Cache.ContainsKey(1)) { Given = JournalCase.Present },
        new("GetMany", run => run.Cache.GetMany([1, 2, 3])) { Given = JournalCase.Present },
        new("TimeToLive", run => run.Cache.TimeToLive(1)) { Given = JournalCase.Present },
        new("Explain", run => run.Cache.Explain(1)) { Given = JournalCase.Present },
        new("Enumeration", run => Assert.Contains(run.Cache, static entry => entry.Key == 2)) { Given = JournalCase.Present },
        new("Restore", run => run.Restore(1)),
        new("Restore of a present key", run => run.Restore(1)) { Given = JournalCase.Present },
    ];
}
