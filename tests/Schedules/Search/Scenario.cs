namespace FastCache.Tests.Schedules.Search;

/// <summary>A few threads with something in common, made anew for every schedule.</summary>
internal abstract class Scenario : IDisposable
{
    /// <summary>What each thread does.</summary>
    public abstract IReadOnlyList<Action> Threads { get; }

    /// <summary>What holds between any two steps of theirs; null: nothing in particular.</summary>
    public virtual Action? Invariant => null;

    /// <summary>The background loops that the threads have begun. Nobody has run them.</summary>
    public IReadOnlyList<Func<Task>> BackgroundLoops { get; set; } = [];

    /// <summary>What holds when all of them have ended.</summary>
    public abstract void AssertAtEnd();

    /// <summary>Runs the background loops to their ends, which come when the cache was disposed.</summary>
    public void RunBackgroundLoops() => Task.WhenAll(BackgroundLoops.Select(static loop => loop())).GetAwaiter().GetResult();

    public virtual void Dispose()
    {
    }
}
