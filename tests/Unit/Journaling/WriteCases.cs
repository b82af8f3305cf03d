using FastCache.Tests.Unit.TestTypes;

namespace FastCache.Tests.Unit.Journaling;

/// <summary>What writes write down: values that are kept, and removals where they are refused or find nothing to replace.</summary>
internal static class WriteCases
{
    private static readonly EntryOptions Day = ExpiringCache.For(TimeSpan.FromDays(1));

    public static IEnumerable<JournalCase> All =>
    [
        new("Set of an absent key", run => run.Cache.Set(1, "n"), "put 1 = n"),
        new("Set of a present key", run => run.Cache.Set(1, "n"), "put 1 = n") { Given = JournalCase.Present },
        new("Set of an absent key with options", run => run.Cache.Set(1, "n", Day), "put 1 = n"),
        new("Set of a present key with options", run => run.Cache.Set(1, "n", Day), "put 1 = n") { Given = JournalCase.Present },
        new("Set of an absent key, expired at once", run => run.Cache.Set(1, "n", JournaledCache.AtOnce), "remove 1"),
        new("Set of a present key, expired at once", run => run.Cache.Set(1, "n", JournaledCache.AtOnce), "remove 1") { Given = JournalCase.Present },
        new("Set of an evicted key, expired at once", run => run.Cache.Set(1, "n", JournaledCache.AtOnce), "remove 1") { Given = JournalCase.Evicted },
        new("Set of an expired key", run => run.Cache.Set(1, "n"), "put 1 = n") { Given = JournalCase.Expired },
        new("Set of a key that had a lifetime", run => run.Cache.Set(1, "n"), "put 1 = n") { Given = static run => run.Cache.Set(1, "a", Day) },
        new("Set after Clear", run => run.Cache.Set(1, "n"), "put 1 = n") { Given = static run => run.Cache.Clear() },
        new("SetMany", run => run.Cache.SetMany([new(1, "n"), new(3, "c")]), "put 1 = n", "put 3 = c") { Given = JournalCase.Present },
        new("TryAdd of an absent key", run => run.Cache.TryAdd(1, "n"), "put 1 = n"),
        new("TryAdd of an absent key with options", run => run.Cache.TryAdd(1, "n", Day), "put 1 = n"),
        new("TryAdd of a present key", run => run.Cache.TryAdd(1, "n")) { Given = JournalCase.Present },
        new("TryAdd of an evicted key", run => run.Cache.TryAdd(1, "n"), "put 1 = n") { Given = JournalCase.Evicted },
        new("TryAdd, expired at once", run => run.Cache.TryAdd(1, "n", JournaledCache.AtOnce), "remove 1"),
        new("TryUpdate of a present key", run => run.Cache.TryUpdate(1, "n"), "put 1 = n") { Given = JournalCase.Present },
        new("TryUpdate of an absent key", run => run.Cache.TryUpdate(1, "n"), "remove 1"),
        new("TryUpdate of an evicted key", run => run.Cache.TryUpdate(1, "n"), "remove 1") { Given = JournalCase.Evicted },
        new("TryUpdate of an expired key", run => run.Cache.TryUpdate(1, "n"), "remove 1") { Given = JournalCase.Expired },
        new("TryUpdate of an equal value", run => run.Cache.TryUpdate(1, "n", "a"), "put 1 = n") { Given = JournalCase.Present },
        new("TryUpdate of a different value", run => run.Cache.TryUpdate(1, "n", "z")) { Given = JournalCase.Present },
        new("TryUpdate of a value that is absent", run => run.Cache.TryUpdate(1, "n", "a"), "remove 1"),
        new("TryUpdate of a value that was evicted", run => run.Cache.TryUpdate(1, "n", "a"), "remove 1") { Given = JournalCase.Evicted },
        new("AddOrUpdate of an absent key", run => run.Cache.AddOrUpdate(1, "n", (_, _) => "u"), "put 1 = n"),
        new("AddOrUpdate of a present key", run => run.Cache.AddOrUpdate(1, "n", (_, old) => old + "u"), "put 1 = au") { Given = JournalCase.Present },
        new("AddOrUpdate whose factory writes the key", run => run.Cache.AddOrUpdate(1, "n", (_, old) => WriteOnce(run, old)), "put 1 = w", "put 1 = wu")
        {
            Given = JournalCase.Present,
        },
    ];

    private static string WriteOnce(JournaledCache run, string old)
    {
        if (old == "a")
        {
            run.Cache.Set(1, "w");
        }

        return old + "u";
    }
}
