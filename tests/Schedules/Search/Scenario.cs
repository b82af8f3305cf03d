namespace FastCache.Tests.Schedules.Search;

/// <summary>A few threads with something in common, made anew for every schedule.</summary>
internal abstract class Scenario : IDisposable
{
    /// <summary>What each thread does.</summary>
    public abstract IReadOnlyList<Action> Threads { get; }

    /// <summary>What holds between any two steps of theirs; null: nothing in particular.</summary>
    public virtual Action? Invariant => null;

    /// <summary>What holds when all of them have ended.</summary>
    public abstract void AssertAtEnd();

    public virtual void Dispose()
    {
    }
}
