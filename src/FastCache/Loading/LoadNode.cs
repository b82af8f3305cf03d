namespace FastCache.Loading;

/// <summary>A load among loads that wait for each other. Finds those that would wait for themselves.</summary>
/// <remarks>
/// <para>What is known: a thread inside the synchronous part of a factory works for that load, and for those whose factories called it; a
/// load whose factory waits, by blocking or through its context, waits for the other one. A wait that would close a circle is
/// refused. Behind an await the thread says nothing, and there is no ambient state: who calls the cache itself there is not known.</para>
/// <para>The links are guarded by one lock for the process, taken only by loads inside loads.</para>
/// </remarks>
internal abstract class LoadNode
{
    private static readonly Lock Links = new();

    [ThreadStatic]
    private static LoadNode? t_innermost;

    // The loads that this one waits for now; one of them more than once if it is known from the thread too. Under the lock.
    private List<LoadNode>? _waitsFor;

    /// <summary>The load whose factory runs on this thread at this moment.</summary>
    public static LoadNode? Innermost => t_innermost;

    /// <summary>Whether it has ever waited, or been waited for: others may still refer to it.</summary>
    protected bool WasLinked { get; private set; }

    /// <summary>Says that this thread works for this load from now on; what it worked for before.</summary>
    public LoadNode? Enter()
    {
        LoadNode? outer = t_innermost;
        if (outer is not null)
        {
            lock (Links)
            {
                Link(outer, this);
            }
        }

        t_innermost = this;
        return outer;
    }

    /// <summary>Ends what <see cref="Enter"/> began.</summary>
    public void Exit(LoadNode? outer)
    {
        t_innermost = outer;
        if (outer is not null)
        {
            EndWait(outer, this);
        }
    }

    /// <summary>Has a load wait for another one, beside those that it waits for already.</summary>
    /// <exception cref="InvalidOperationException">The other one waits for the first.</exception>
    public static void BeginWait(LoadNode waiting, LoadNode other)
    {
        lock (Links)
        {
            if (Waits(other, waiting))
            {
                throw new InvalidOperationException(
                    "A factory asks for a key whose load waits for that factory; the load would never end.");
            }

            Link(waiting, other);
        }
    }

    /// <summary>Ends a wait.</summary>
    public static void EndWait(LoadNode waiting, LoadNode other)
    {
        lock (Links)
        {
            waiting._waitsFor?.Remove(other);
        }
    }

    /// <summary>Forgets whom this load waits for: it is over.</summary>
    public void ForgetWaits()
    {
        if (WasLinked)
        {
            lock (Links)
            {
                _waitsFor?.Clear();
            }
        }
    }

    private static void Link(LoadNode waiting, LoadNode other)
    {
        (waiting._waitsFor ??= []).Add(other);
        waiting.WasLinked = other.WasLinked = true;
    }

    /// <summary>Whether a load is another one, or waits for it by any number of steps.</summary>
    private static bool Waits(LoadNode load, LoadNode other)
    {
        var open = new Stack<LoadNode>([load]);
        var seen = new HashSet<LoadNode>();
        while (open.TryPop(out LoadNode? node))
        {
            if (node == other)
            {
                return true;
            }

            if (node._waitsFor is { Count: > 0 } next && seen.Add(node))
            {
                next.ForEach(open.Push);
            }
        }

        return false;
    }
}
