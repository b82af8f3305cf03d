namespace FastCache.Tests.Properties.Linearizability;

/// <summary>A program has had a history that no sequential run could have.</summary>
internal sealed class NotLinearizableException : Exception
{
    public NotLinearizableException(ConcurrentProgram program, History history, int key)
        : this(program, HistoryPruning.Prune(history, key, program.Setup), key, history)
    {
    }

    private NotLinearizableException(ConcurrentProgram program, History pruned, int key, History whole)
        : base($"Key {key} has had a history that is not linearizable:{Environment.NewLine}{Environment.NewLine}"
            + $"{HistoryTable.Print(pruned)}{Environment.NewLine}The program:{Environment.NewLine}{program}{Environment.NewLine}"
            + $"The whole history:{Environment.NewLine}{Environment.NewLine}{HistoryTable.Print(whole)}")
        => Size = (program.Length, pruned.Calls.Count());

    /// <summary>How much there is to read: operations of the program, then calls of the pruned history.</summary>
    public (int Operations, int Calls) Size { get; }
}
