using FastCache.Persistence.Writing;

namespace FastCache.Tests.Persistence.TestTypes;

/// <summary>Does what is asked of a log's writer at once, on the thread that asks: a program then runs the same way every time.</summary>
internal sealed class InlineDriver(LogWriter writer, bool doesUpkeep = true) : IWriterDriver
{
    public void RequestWrite()
    {
        WriteGroups();
        RequestUpkeep();

        // What upkeep has copied must not keep the caller waiting for room: nobody else would write it.
        WriteGroups();
    }

    public void RequestFlush() => writer.WriteAll();

    public void RequestSync()
    {
        writer.WriteAll();
        writer.Sync();
    }

    public void RequestUpkeep()
    {
        if (doesUpkeep && writer.Upkeep is { IsDue: true } upkeep)
        {
            upkeep.Run();
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void WriteGroups()
    {
        while (writer.WriteGroup())
        {
        }
    }
}
