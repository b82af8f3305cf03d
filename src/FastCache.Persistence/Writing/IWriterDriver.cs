namespace FastCache.Persistence.Writing;

/// <summary>Who calls the <see cref="LogWriter"/> when there is something to do.</summary>
internal interface IWriterDriver : IAsyncDisposable
{
    /// <summary>There are full blocks.</summary>
    void RequestWrite();

    /// <summary>All that has been appended so far is to be written and synced soon.</summary>
    void RequestSync();

    /// <summary>All that has been appended so far is to be written soon.</summary>
    void RequestFlush();

    /// <summary><see cref="LogWriter.Upkeep"/> is due.</summary>
    void RequestUpkeep();
}
