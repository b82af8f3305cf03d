namespace FastCache.Tests.Schedules.Search;

/// <summary>One known schedule.</summary>
internal sealed class ReplayStrategy(IReadOnlyList<Decision> decisions) : IStrategy
{
    private readonly ILookup<int, Decision> _decisions = decisions.ToLookup(static decision => decision.Step);
    private bool _hasBegun;

    public string Name => "replay";

    public bool TryBegin(int threads) => !_hasBegun && (_hasBegun = true);

    public int Next(int step, int current, uint candidates, bool isForced)
    {
        foreach (Decision decision in _decisions[step])
        {
            if (decision.IsSwitch && (candidates >> decision.Choice & 1) != 0)
            {
                return decision.Choice;
            }
        }

        return Schedule.OrdinaryNext(current, candidates);
    }

    public int Age(int step, int ages)
        => _decisions[step].Where(static decision => !decision.IsSwitch).Select(decision => Math.Min(decision.Choice, ages - 1)).FirstOrDefault();
}
