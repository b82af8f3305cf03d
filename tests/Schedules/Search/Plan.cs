namespace FastCache.Tests.Schedules.Search;

/// <summary>A scenario put together from lambdas, about a cache that is checked and disposed at the end without being asked.</summary>
internal sealed class Plan<TKey, TValue>(Cache<TKey, TValue> cache) : Scenario
    where TKey : notnull
{
    private readonly List<Action> _threads = [];
    private readonly List<Action> _atEnd = [];
    private Action? _invariant;

    public override IReadOnlyList<Action> Threads => _threads;

    public override Action? Invariant => _invariant;

    /// <summary>Adds a thread.</summary>
    public Plan<TKey, TValue> Thread(Action body)
    {
        _threads.Add(body);
        return this;
    }

    /// <summary>Adds what holds between any two steps.</summary>
    public Plan<TKey, TValue> Always(Action assertion)
    {
        _invariant += assertion;
        return this;
    }

    /// <summary>Adds what holds when all threads have ended.</summary>
    public Plan<TKey, TValue> AtEnd(Action assertion)
    {
        _atEnd.Add(assertion);
        return this;
    }

    public override void AssertAtEnd()
    {
        cache.AssertConsistent();
        _atEnd.ForEach(static assertion => assertion());
        cache.AssertConsistent();
    }

    public override void Dispose()
    {
        cache.Dispose();
        base.Dispose();
    }
}
