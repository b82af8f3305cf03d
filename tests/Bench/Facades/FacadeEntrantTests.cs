using FastCache.Bench.Facades;
using FastCache.Bench.Timing;
using FastCache.Tests.Bench.TestTypes;
using Xunit;

namespace FastCache.Tests.Bench.Facades;

/// <summary>Who has not done his work is told from who has.</summary>
public sealed class FacadeEntrantTests
{
    private const int Entries = 100;
    private const int PerTurn = 256;

    [Theory]
    [InlineData(nameof(FacadeWorkload.Hit), null)]
    [InlineData(nameof(FacadeWorkload.Hit), 100)]
    [InlineData(nameof(FacadeWorkload.Update), null)]
    [InlineData(nameof(FacadeWorkload.Update), 100)]
    [InlineData(nameof(FacadeWorkload.GetOrCreate), null)]
    public void One_that_keeps_everything_has_no_flaw_but_that_it_grows(string workload, int? valueBytes)
    {
        var cell = new FacadeCell(FacadeInterface.Memory, Enum.Parse<FacadeWorkload>(workload), Entries, Threads: 1) { ValueBytes = valueBytes };

        (FacadeEntrant entrant, string? flaw) = Measure<Faithful>(cell);

        Assert.Equal(cell.Evicts ? $"holds {entrant.Count} entries" : null, flaw);
    }

    [Theory]
    [InlineData(nameof(FacadeWorkload.Hit), "wrong values, or none")]
    [InlineData(nameof(FacadeWorkload.Update), "updates are missing")]
    [InlineData(nameof(FacadeWorkload.GetOrCreate), "holds ")]
    public void One_that_forgets_is_found_out(string workload, string expected)
    {
        var cell = new FacadeCell(FacadeInterface.Memory, Enum.Parse<FacadeWorkload>(workload), Entries, Threads: 1);

        Assert.StartsWith(expected, Measure<Forgetful>(cell).Flaw, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_what_is_added_the_share_is_shown_that_can_be_read_right_after()
    {
        var cell = new FacadeCell(FacadeInterface.Memory, FacadeWorkload.Insert, Entries, Threads: 1);
        using FacadeEntrant entrant = Enter<Forgetful>(cell);
        entrant.Fill();

        entrant.Probe(cell.CreateKeys(PerTurn).Next(1, PerTurn)[0].Span);

        Assert.Equal(0.5, entrant.KeptShare);
    }

    [Fact]
    public void The_shares_of_factory_calls_are_the_misses()
    {
        var cell = new FacadeCell(FacadeInterface.Memory, FacadeWorkload.GetOrCreate, Entries, Threads: 1);
        FacadeKeys keys = cell.CreateKeys(PerTurn);
        using var team = new WorkerTeam(1);
        using FacadeEntrant entrant = Enter<Faithful>(cell);

        ReadOnlyMemory<string>[] batch = keys.Next(1, PerTurn);
        FacadeTurn first = entrant.Run(team, batch);
        FacadeTurn again = entrant.Run(team, batch);

        Assert.Equal(1 - (batch[0].ToArray().Distinct().Count() / (double)PerTurn), first.HitShare);
        Assert.Equal(1, again.HitShare);
    }

    private static (FacadeEntrant Entrant, string? Flaw) Measure<TFault>(FacadeCell cell)
        where TFault : struct, IMemoryFault
    {
        FacadeKeys keys = cell.CreateKeys(PerTurn);
        using var team = new WorkerTeam(cell.Threads);
        FacadeEntrant entrant = Enter<TFault>(cell);
        entrant.Fill();
        for (int turn = 0; turn < 3; turn++)
        {
            entrant.Turns.Add(entrant.Run(team, keys.Next(cell.Threads, PerTurn)));
        }

        return (entrant, entrant.FindFlaw());
    }

    private static FacadeEntrant Enter<TFault>(FacadeCell cell)
        where TFault : struct, IMemoryFault => cell.Workload switch
        {
            FacadeWorkload.Hit => new FacadeEntrant<DictionaryFacade<TFault>, GetOperation>(cell),
            FacadeWorkload.GetOrCreate => new FacadeEntrant<DictionaryFacade<TFault>, GetOrCreateOperation>(cell),
            _ => new FacadeEntrant<DictionaryFacade<TFault>, SetOperation>(cell),
        };
}
