using FastCache.Tests.Schedules.Search;

namespace FastCache.Tests.Schedules.Tests;

/// <summary>Threads on a few words and nothing else.</summary>
internal sealed class Litmus(IReadOnlyList<Action> threads, Action assertion) : Scenario
{
    public override IReadOnlyList<Action> Threads { get; } = threads;

    public override void AssertAtEnd() => assertion();
}
