using System.Diagnostics.CodeAnalysis;
using FastCache.Tests.Unit.TestTypes;

namespace FastCache.Tests.Unit.Journaling;

/// <summary>An operation in a situation.</summary>
/// <param name="Name">Which.</param>
/// <param name="Do">The operation.</param>
/// <param name="Written">What it writes down.</param>
[SuppressMessage("Naming", "CA1716:Identifiers should not match keywords", Justification = "Of another language.")]
internal sealed record JournalCase(string Name, Action<JournaledCache> Do, params string[] Written)
{
    /// <summary>What has happened before.</summary>
    public Action<JournaledCache>? Given { get; init; }

    public Action<CacheOptions<int, string>>? Configure { get; init; }

    /// <summary>Whether what it writes down was loaded, so that nobody relies on it.</summary>
    public bool IsLoad { get; init; }

    /// <summary>Has key 1 present, and key 2 too.</summary>
    public static void Present(JournaledCache run) => run.Cache.SetMany([new(1, "a"), new(2, "b")]);

    /// <summary>Has key 1 evicted.</summary>
    public static void Evicted(JournaledCache run)
    {
        run.Cache.Set(1, "a");
        run.Cache.Trim(1);
    }

    /// <summary>Has key 1 expired.</summary>
    public static void Expired(JournaledCache run)
    {
        run.Cache.Set(1, "a", ExpiringCache.For(TimeSpan.FromMinutes(1)));
        run.Time.Advance(TimeSpan.FromMinutes(2));
    }
}
