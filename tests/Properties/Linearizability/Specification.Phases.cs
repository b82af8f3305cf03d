namespace FastCache.Tests.Properties.Linearizability;

internal sealed partial class Specification
{
    private void AddAdvance(Operation operation, in CacheState state, in Progress progress, List<Step> steps)
    {
        if (progress.Done != 0)
        {
            // The timer has moved the tick.
            steps.Add(new Step(state with { Known = state.Clock / Tick * Tick }, progress, Answer.Done));
            return;
        }

        CacheState after = state with { Clock = state.Clock + operation.Milliseconds };
        steps.Add(setup.Expiring == Expiring.Coarsely
            ? new Step(after, progress with { Done = 1 }, default)
            : new Step(after with { Known = after.Clock }, progress, Answer.Done));
    }

    private static void AddClear(in CacheState state, in Progress progress, List<Step> steps)
    {
        CacheState after = state.WithoutValue.LoadOutdated;
        steps.Add(new Step(after, progress, Answer.Done));
        if (after != state)
        {
            // And goes round again.
            steps.Add(new Step(after, progress, default));
        }
    }

    /// <summary>
    /// Each value given was there at some moment, and between two of them the key was absent. If none was given, there was a moment at which
    /// it was absent.
    /// </summary>
    private static void AddEnumerate(Phase phase, in CacheState state, int? value, in Progress progress, List<Step> steps)
    {
        // Even: a value comes next. Odd: the key has to be absent before the next value comes.
        int done = progress.Done;
        int[] given = phase.Given;
        if (phase.IsPending || (given.Length == 0 && value is null))
        {
            steps.Add(new Step(state, progress, Answer.Done));
        }
        else if (done % 2 == 1 && value is null)
        {
            steps.Add(new Step(state, progress with { Done = done + 1 }, default));
        }
        else if (done % 2 == 0 && done / 2 < given.Length && value == given[done / 2])
        {
            bool isLast = (done / 2) + 1 == given.Length;
            steps.Add(new Step(state, progress with { Done = done + 1 }, isLast ? Answer.Done : default));
        }
    }

    private void AddLoad(Phase phase, in CacheState state, int? value, in Progress progress, List<Step> steps)
    {
        switch (phase.Kind)
        {
            case PhaseKind.LoadBegins:
                if (value is null && !state.IsLoading)
                {
                    steps.Add(new Step(state with { Loader = phase.Call.Thread }, progress, Phase.Begun));
                }

                break;
            case PhaseKind.LoadEnds:
                AddLoadEnd(phase, state, progress, steps);
                break;
            case PhaseKind.Whole when value is { } found:
                steps.Add(new Step(Accessed(state, progress), progress, Answer.Value(found)));
                break;
            default:
                if (state.IsLoading && !state.IsLoadOutdated && state.Loader != phase.Call.Thread)
                {
                    steps.Add(new Step(state, progress with { Joined = state.Loader + 1 }, default));
                }

                break;
        }
    }

    private void AddLoadEnd(Phase phase, in CacheState state, in Progress progress, List<Step> steps)
    {
        Operation operation = phase.Call.Operation;
        if (state.Loader != phase.Call.Thread)
        {
            return;
        }

        if (operation.Kind == OperationKind.GetOrAddFailing)
        {
            steps.Add(new Step(state.LoadEnded, progress, Answer.Failed, EndsLoad: true));
            return;
        }

        int loaded = phase.LoadedValue;
        if (!state.IsLoadOutdated)
        {
            steps.Add(new Step(Written(state, loaded, operation, progress).LoadEnded, progress, Answer.Value(loaded), EndsLoad: true));
        }

        if (state.IsLoadOutdated || setup.HashCodes != 0)
        {
            // Also if another key of the same hash was written: no key is compared to find out.
            steps.Add(new Step(state.LoadEnded, progress, Answer.Value(loaded), EndsLoad: true));
        }
    }

    private static void AddJoined(in CacheState state, in Progress progress, List<Step> steps)
    {
        if (progress.Loaded.Kind != AnswerKind.Pending)
        {
            steps.Add(new Step(state, progress, progress.Loaded));
        }
    }
}
