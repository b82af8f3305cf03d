using FastCache.Tests.Unit.TestTypes;

namespace FastCache.Tests.Unit.Journaling;

/// <summary>What is written down where the end of an entry moves: what was asked for, and what a read makes shorter.</summary>
internal static class ExpiryCases
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    public static IEnumerable<JournalCase> All =>
    [
        new("TrySetExpiry, the first", run => run.Cache.TrySetExpiry(1, ExpiringCache.For(Hour)), "put 1 = a") { Given = JournalCase.Present },
        new("TrySetExpiry, longer", run => run.Cache.TrySetExpiry(1, ExpiringCache.For(2 * Hour)), "put 1 = a") { Given = ForAnHour },
        new("TrySetExpiry, shorter", run => run.Cache.TrySetExpiry(1, ExpiringCache.For(Hour / 2)), "put 1 = a") { Given = ForAnHour },
        new("TrySetExpiry, sliding", run => run.Cache.TrySetExpiry(1, ExpiringCache.Idle(Hour)), "put 1 = a") { Given = ForAnHour },
        new("TrySetExpiry, the default", run => run.Cache.TrySetExpiry(1, default), "put 1 = a") { Given = ForAnHour },
        new("TrySetExpiry, at once", run => run.Cache.TrySetExpiry(1, JournaledCache.AtOnce), "remove 1") { Given = ForAnHour },
        new("TrySetExpiry of an absent key", run => run.Cache.TrySetExpiry(1, ExpiringCache.For(Hour))),
        new("Touch", run => run.Cache.Touch(1)) { Given = ForAnHour },
        new("Touch of a sliding entry", Touch) { Given = static run => run.Cache.Set(1, "a", ExpiringCache.Idle(Hour)) },
        new("Reads of a sliding entry", Read) { Given = static run => run.Cache.Set(1, "a", ExpiringCache.Idle(Hour)) },
        new("A read that makes the life shorter", Read, "put 1 = a") { Given = JournalCase.Present, Configure = At(Hour / 2) },
        new("A read that ends the life", Read, "put 1 = a") { Given = JournalCase.Present, Configure = At(TimeSpan.Zero) },
        new("A read that makes the life longer", Read) { Given = JournalCase.Present, Configure = At(2 * Hour) },
        new("A read that makes the life endless", Read) { Given = JournalCase.Present, Configure = At(Timeout.InfiniteTimeSpan) },
        new("A look that is no access", run => run.Held(1)) { Given = JournalCase.Present, Configure = At(Hour / 2) },
        new("Expiry of an entry", run => run.Time.Advance(Hour)) { Given = ForAnHour },
        new("Expiry that a read finds", run => ReadLate(run)) { Given = ForAnHour },
        new("TrimExpired", run => run.Cache.TrimExpired()) { Given = JournalCase.Expired },
    ];

    private static void ForAnHour(JournaledCache run) => run.Cache.Set(1, "a", ExpiringCache.For(Hour));

    private static void Touch(JournaledCache run)
    {
        run.Time.Advance(Hour / 2);
        run.Cache.Touch(1);
    }

    private static void Read(JournaledCache run)
    {
        run.Time.Advance(TimeSpan.FromMinutes(1));
        run.Cache.TryGet(1, out _);
    }

    private static void ReadLate(JournaledCache run)
    {
        run.Time.AdvanceAtOnce(2 * Hour);
        run.Cache.TryGet(1, out _);
    }

    /// <summary>Entries live for an hour after a write, and so long after the first read.</summary>
    private static Action<CacheOptions<int, string>> At(TimeSpan afterRead)
        => options =>
        {
            (options.ExpireAfterWrite, options.ExpireAfterAccess) = (null, null);
            options.Expiry = new ScriptedReadExpiry<int, string>
            {
                OnCreate = static (_, _) => Hour,
                OnUpdate = static (_, _, _) => Hour,
                OnRead = (_, _, _) => afterRead,
            };
        };
}
