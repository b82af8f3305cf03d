namespace FastCache.Persistence.Writing;

/// <summary>What is done for a log in the background, beside the writing.</summary>
internal interface IUpkeep
{
    /// <summary>Whether there is something to do. Cheap; any thread.</summary>
    bool IsDue { get; }

    /// <summary>Does it, or as much of it as is due. Calls user code; one thread at a time.</summary>
    void Run();
}
