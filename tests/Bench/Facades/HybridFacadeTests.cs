using FastCache.Bench.Facades;
using FastCache.Bench.Timing;
using Xunit;

namespace FastCache.Tests.Bench.Facades;

public sealed class HybridFacadeTests
{
    private const int Entries = 100;
    private const int PerTurn = 256;

    [Fact]
    public void Every_contestant_of_hybrid_caches_finds_what_it_was_given()
    {
        var cell = new FacadeCell(FacadeInterface.Hybrid, FacadeWorkload.Hit, Entries, Threads: 1);
        FacadeKeys keys = cell.CreateKeys(PerTurn);
        using var team = new WorkerTeam(1);

        Assert.All(FacadeEntrants.Of(cell), entrant =>
        {
            using (entrant)
            {
                entrant.Turns.Add(entrant.Run(team, keys.Next(1, PerTurn)));
                Assert.NotNull(entrant.FindFlaw());

                entrant.Turns.Clear();
                entrant.Fill();
                entrant.Turns.Add(entrant.Run(team, keys.Next(1, PerTurn)));
                Assert.Null(entrant.FindFlaw());
            }
        });
    }

    [Fact]
    public void Texts_are_shared_and_notes_are_copied()
    {
        Assert.Equal([true, true, true, false], [IsShared<SharedText>(), IsShared<TaggedText>(), IsShared<TwoLevelText>(), IsShared<CopiedNote>()]);
    }

    [Theory]
    [InlineData(nameof(FacadeWorkload.Hit), true)]
    [InlineData(nameof(FacadeWorkload.Update), false)]
    [InlineData(nameof(FacadeWorkload.Insert), false)]
    [InlineData(nameof(FacadeWorkload.GetOrCreate), false)]
    public void Of_hybrid_caches_only_hits_are_measured(string workload, bool expected)
        => Assert.Equal(expected, new FacadeCell(FacadeInterface.Hybrid, Enum.Parse<FacadeWorkload>(workload), Entries, Threads: 1).IsMeasured);

    private static bool IsShared<TUse>()
        where TUse : struct, IHybridUse
    {
        using HybridFacade<TUse> facade = HybridFacade<TUse>.Create(new FacadeShape(Entries, new FacadeFactory(new object())));
        string text = FacadeValue.CreateText(version: 1);
        facade.Set("key", text);

        object? found = facade.Get("key");
        Assert.Equal(text, found);
        return ReferenceEquals(text, found);
    }
}
