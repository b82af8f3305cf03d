namespace FastCache.Tests.Properties.Linearizability;

/// <summary>Makes a history that is not linearizable shorter, and keeps it so.</summary>
/// <remarks>
/// Only in ways that never make one of a history that is: a single key; a beginning, as every beginning of a linearizable history is
/// linearizable; without calls that have no effect.
/// </remarks>
internal static class HistoryPruning
{
    public static History Prune(History history, int key, ProgramSetup setup)
    {
        var specification = new Specification(setup);
        History pruned = history.Of(key);
        foreach (long moment in pruned.Calls.Select(call => call.Responded).Order())
        {
            History beginning = pruned.Before(moment + 1);
            if (!LinearizabilityChecker.IsLinearizable(beginning, key, specification))
            {
                pruned = beginning;
                break;
            }
        }

        foreach (Call call in pruned.Calls.Where(specification.HasNoEffect).OrderByDescending(call => call.Invoked))
        {
            History without = pruned.Where(other => other != call);
            if (!LinearizabilityChecker.IsLinearizable(without, key, specification))
            {
                pruned = without;
            }
        }

        return pruned;
    }
}
