using Xunit;

namespace FastCache.Tests.Properties.Linearizability;

/// <summary>Writes histories by hand: what began and ended when is what order the calls of this come in.</summary>
internal sealed class HistoryBuilder
{
    private readonly List<List<Call>> _threads = [];
    private long _now;

    /// <summary>A call begins.</summary>
    public Call Begin(int thread, OperationKind kind, int value = 0, int key = 0, int milliseconds = 0, int compared = 0)
    {
        while (_threads.Count <= thread)
        {
            _threads.Add([]);
        }

        var call = new Call(thread, new Operation(kind, key, value, milliseconds), ++_now) { Compared = compared };
        _threads[thread].Add(call);
        return call;
    }

    /// <summary>The factory of a load begins.</summary>
    public void BeginFactory(Call call) => call.FactoryRuns.Add(new FactoryRun(call.Operation.Key, ++_now));

    /// <summary>And ends.</summary>
    public void EndFactory(Call call) => call.FactoryRuns[^1].Ended = ++_now;

    /// <summary>A call ends.</summary>
    public void End(Call call, Answer answer)
    {
        call.Answer = answer;
        call.Responded = ++_now;
    }

    /// <summary>A call that nothing overlaps.</summary>
    public void Do(int thread, OperationKind kind, Answer answer, int value = 0, int key = 0, int milliseconds = 0, int compared = 0)
        => End(Begin(thread, kind, value, key, milliseconds, compared), answer);

    /// <summary>An enumeration that nothing overlaps.</summary>
    public void Enumerate(int thread, params (int Key, int Value)[] given)
    {
        Call call = Begin(thread, OperationKind.Enumerate);
        call.Given = given;
        End(call, Answer.Done);
    }

    public History Build() => new(_threads);

    /// <summary>Of a roomy cache, if nothing else is said.</summary>
    public void AssertLinearizable(ProgramSetup? setup = null)
        => Assert.Null(LinearizabilityChecker.FindFault(Build(), setup ?? new ProgramSetup(1)));

    /// <summary>The same.</summary>
    public void AssertNotLinearizable(ProgramSetup? setup = null)
        => Assert.NotNull(LinearizabilityChecker.FindFault(Build(), setup ?? new ProgramSetup(1)));
}
