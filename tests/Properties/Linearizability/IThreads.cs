namespace FastCache.Tests.Properties.Linearizability;

/// <summary>Runs the threads of a program: all that a run knows of how it is scheduled.</summary>
internal interface IThreads
{
    /// <summary>Runs all bodies at the same time, and returns when they have ended. What one of them throws passes through.</summary>
    void Run(IReadOnlyList<Action> bodies);

    /// <summary>Called by a body: lets others get ahead, for longer the greater the length.</summary>
    void Pause(int length);

    /// <summary>Called by a body: waits for a task of the cache.</summary>
    void Wait(Task task);
}
