namespace FastCache.Bench.Facades;

/// <param name="Rounds">How often each contestant has its turn.</param>
/// <param name="Operations">Of a thread in a turn that writes; a turn that reads has twice as many. A power of two.</param>
/// <param name="WarmUpTime">How long each contestant runs before its first turn.</param>
internal sealed record FacadeSettings(int Rounds, int Operations, TimeSpan WarmUpTime)
{
    public static FacadeSettings Full(int rounds) => new(rounds, 1 << 17, TimeSpan.FromMilliseconds(500));

    public static FacadeSettings Quick(int rounds) => new(rounds, 1 << 16, TimeSpan.FromMilliseconds(350));

    public int OperationsOf(FacadeCell cell) => cell.Workload == FacadeWorkload.Hit ? 2 * Operations : Operations;
}
