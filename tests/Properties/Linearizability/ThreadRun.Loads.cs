using static FastCache.Tests.Properties.Linearizability.OperationKind;

namespace FastCache.Tests.Properties.Linearizability;

internal sealed partial class ThreadRun<TKey, TValue, TShape>
{
    private Answer Load(Operation operation, TKey key, IKeyCalls<TKey, TValue> calls, Call call)
    {
        switch (operation.Kind)
        {
            case GetOrAdd:
                return Answer.Value(NumberOf(calls.GetOrAdd(operation.Key, made => Make(operation, made, call))));
            case GetOrAddFor:
                return Answer.Value(NumberOf(cache.GetOrAdd(key, made => Make(operation, made, call), OptionsOf(operation))));
            case GetOrAddFailing:
                return Answer.Value(NumberOf(cache.GetOrAdd(key, made =>
                {
                    Make(operation, made, call);
                    throw new InvalidDataException();
                })));
            case GetOrAddAsync:
                return Answer.Value(NumberOf(ResultOf(
                    cache.GetOrAddAsync(key, (made, _) => ValueTask.FromResult(Make(operation, made, call))))));
            case GetOrAddYielding:
                return Answer.Value(NumberOf(ResultOf(cache.GetOrAddAsync(key, (made, _) => MakeElsewhere(operation, made, call)))));
            default:
                return Give(call, ResultOf(cache.GetOrAddManyAsync(
                    _keys, (absent, _) => ValueTask.FromResult(MakeMany(operation, absent, call)))));
        }
    }

    private TValue Make(Operation operation, TKey key, Call call)
    {
        FactoryRun run = Begin(key, call);
        threads.Pause(operation.Pause);
        run.Ended = stamps.Next();
        return TShape.Value(operation.LoadedValue(run.Key));
    }

    private async ValueTask<TValue> MakeElsewhere(Operation operation, TKey key, Call call)
    {
        FactoryRun run = Begin(key, call);
        await Task.Yield();
        run.Ended = stamps.Next();
        return TShape.Value(operation.LoadedValue(run.Key));
    }

    private IEnumerable<KeyValuePair<TKey, TValue>> MakeMany(Operation operation, IReadOnlyList<TKey> keys, Call call)
    {
        FactoryRun[] runs = [.. keys.Select(key => Begin(key, call))];
        threads.Pause(operation.Pause);
        foreach (FactoryRun run in runs)
        {
            run.Ended = stamps.Next();
        }

        return [.. keys.Zip(runs, (key, run) => KeyValuePair.Create(key, TShape.Value(operation.LoadedValue(run.Key))))];
    }

    private FactoryRun Begin(TKey key, Call call)
    {
        var run = new FactoryRun(TShape.NumberOf(key), stamps.Next());
        call.FactoryRuns.Add(run);
        return run;
    }

    private TResult ResultOf<TResult>(ValueTask<TResult> running)
    {
        if (!running.IsCompleted)
        {
            Task<TResult> task = running.AsTask();
            threads.Wait(task);
            return task.GetAwaiter().GetResult();
        }

        return running.GetAwaiter().GetResult();
    }
}
