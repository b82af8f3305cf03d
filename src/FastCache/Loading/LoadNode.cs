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

    private LoadNode? _waitsFor;

    /// <summary>The load whose factory runs on this thread at this moment.</summary>
    public static LoadNode? Innermost => t_innermost;

    /// <summary>Says that this thread works for this load from now on; what it worked for before.</summary>
    public LoadNode? Enter()
    {
        LoadNode? outer = t_innermost;
        if (outer is not null)
        {
            SetWait(outer, this);
        }

        t_innermost = this;
        return outer;
    }

    /// <summary>Ends what <see cref="Enter"/> began.</summary>
    public static void Exit(LoadNode? outer)
    {
        t_innermost = outer;
        if (outer is not null)
        {
            EndWait(outer);
        }
    }

    /// <summary>Has a load wait for another one.</summary>
    /// <exception cref="InvalidOperationException">The other one waits for the first.</exception>
    public static void BeginWait(LoadNode waiting, LoadNode other)
    {
        lock (Links)
        {
            for (LoadNode? node = other; node is not null; node = node._waitsFor)
            {
                if (node == waiting)
                {
                    throw new InvalidOperationException(
                        "A factory asks for a key whose load waits for that factory; the load would never end.");
                }
            }

            waiting._waitsFor = other;
        }
    }

    /// <summary>Ends a wait.</summary>
    public static void EndWait(LoadNode waiting) => SetWait(waiting, null);

    /// <summary>Forgets whom this load waited for: it is over.</summary>
    protected void ForgetWait()
    {
        if (_waitsFor is not null)
        {
            EndWait(this);
        }
    }

    private static void SetWait(LoadNode waiting, LoadNode? other)
    {
        lock (Links)
        {
            waiting._waitsFor = other;
        }
    }
}
