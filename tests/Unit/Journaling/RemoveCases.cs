namespace FastCache.Tests.Unit.Journaling;

/// <summary>What removals write down: all but those whose condition does not hold, of absent keys too.</summary>
internal static class RemoveCases
{
    private static readonly KeyValuePair<int, string> Pair = new(1, "a");

    public static IEnumerable<JournalCase> All =>
    [
        new("TryRemove of a present key", run => run.Cache.TryRemove(1), "remove 1") { Given = JournalCase.Present },
        new("TryRemove of a present key for its value", run => run.Cache.TryRemove(1, out _), "remove 1") { Given = JournalCase.Present },
        new("TryRemove of an absent key", run => run.Cache.TryRemove(1), "remove 1"),
        new("TryRemove of a key that was removed", run => run.Cache.TryRemove(1), "remove 1") { Given = static run => run.Cache.TryRemove(1) },
        new("TryRemove of an evicted key", run => run.Cache.TryRemove(1), "remove 1") { Given = JournalCase.Evicted },
        new("TryRemove of an expired key", run => run.Cache.TryRemove(1), "remove 1") { Given = JournalCase.Expired },
        new("TryRemove of a cleared key", run => run.Cache.TryRemove(1), "remove 1") { Given = ClearPresent },
        new("TryRemove of an equal pair", run => run.Cache.TryRemove(Pair), "remove 1") { Given = JournalCase.Present },
        new("TryRemove of a different pair", run => run.Cache.TryRemove(new KeyValuePair<int, string>(1, "z"))) { Given = JournalCase.Present },
        new("TryRemove of an absent pair", run => run.Cache.TryRemove(Pair), "remove 1"),
        new("TryRemove of an evicted pair", run => run.Cache.TryRemove(Pair), "remove 1") { Given = JournalCase.Evicted },
        new("RemoveMany", run => run.Cache.RemoveMany([2, 3, 1]), "remove 2", "remove 3", "remove 1") { Given = JournalCase.Present },
        new("Clear", run => run.Cache.Clear(), "clear") { Given = JournalCase.Present },
        new("Clear of an empty cache", run => run.Cache.Clear(), "clear"),
        new("Clear after Clear", run => run.Cache.Clear(), "clear") { Given = ClearPresent },
    ];

    private static void ClearPresent(JournaledCache run)
    {
        JournalCase.Present(run);
        run.Cache.Clear();
    }
}
