namespace FastCache.Tests.Properties.Loading;

internal sealed partial class LoadRun
{
    /// <summary>What a factory returns of the keys that it was asked for, if a step ends it so; null for a load of one key.</summary>
    private static Func<int, int?>? ValuesOf(LoadStep step, Job job, int number)
        => job.Owner.IsBulk
            ? key => (step.Amount & (1 << job.Keys.ToList().IndexOf(key))) != 0 ? LoadModel.ValueOf(number, key) : null
            : null;

    /// <summary>A call of the cache. What happens at once has happened when it returns.</summary>
    private void Ask(LoadStep step)
    {
        CancellationTokenSource? cancellation = step.IsCancellable && step.Kind != LoadStepKind.LoadInThread ? new() : null;
        CancellationToken token = cancellation?.Token ?? CancellationToken.None;
        bool isBulk = step.Kind == LoadStepKind.LoadMany;
        var model = new ModelCaller(_step, parent: null, cancellation is not null, isBulk);
        if (isBulk)
        {
            _model.LoadMany(model, step.KeysBelow(_setup.Universe), step.Behaviour);
        }
        else
        {
            _model.Load(model, step.Key, step.Behaviour, step);
        }

        var plan = new Plan(step, model, _model.LastAsking);
        Task<string> result = step.Kind switch
        {
            LoadStepKind.LoadMany => ObserveAsync(async () => ModelCaller.Describe(await _cache.GetOrAddManyAsync(
                step.KeysBelow(_setup.Universe), (keys, cancelled) => MakeMany(plan, keys, cancelled), null, token).ConfigureAwait(false))),
            LoadStepKind.LoadInThread => Task.Factory.StartNew(
                () => ObserveAsync(() => new ValueTask<int>(_cache.GetOrAdd(step.Key, key => MakeInThread(plan, key)))).Result,
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default),
            _ when step.NeedsContext => ObserveAsync(() => _cache.GetOrAddAsync(
                step.Key, context => Make(plan, step.Behaviour, context.Key, context, context.CancellationToken), null, token)),
            _ => ObserveAsync(() => _cache.GetOrAddAsync(
                step.Key, (key, cancelled) => Make(plan, step.Behaviour, key, null, cancelled), token)),
        };
        _callers.Add(new Caller(model, cancellation, result));
    }

    private static Task<string> ObserveAsync(Func<ValueTask<int>> load)
        => ObserveAsync(async () => new LoadEnd(LoadEndKind.Value, await load().ConfigureAwait(false)).ToString());

    private static async Task<string> ObserveAsync(Func<Task<string>> load)
    {
        try
        {
            return await load().ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            return LoadEnd.Describe(fault);
        }
    }

    private ValueTask<int> Make(Plan plan, Behaviour behaviour, int key, LoadContext<int, int>? context, CancellationToken token)
    {
        switch (plan.TryBegin() ? behaviour : Behaviour.Stall)
        {
            case Behaviour.Return:
                return new ValueTask<int>(LoadModel.ValueOf(plan.Caller.Id, key));
            case Behaviour.Throw:
                throw Failure(plan.Caller.Id);
            case Behaviour.AskItself:
                return context!.GetOrAddAsync(key, static _ => new ValueTask<int>(-1));
            case Behaviour.AskAnother:
                return AskWithin(plan.Step, context!, plan.Asking!);
            case Behaviour.AskBack:
                return context!.GetOrAddAsync(plan.Caller.Parent!.Flights[0].Key, static _ => new ValueTask<int>(-1));
            default:
                var job = new Job([key], plan.Caller, context, token);
                _newJobs.Enqueue(job);
                return StallAsync(job);
        }
    }

    private async ValueTask<int> StallAsync(Job job)
    {
        JobOrder order = await job.Order.ConfigureAwait(false);
        return order.Asking is { } asking
            ? await AskWithin(order.Step, job.Context!, asking).ConfigureAwait(false)
            : ResultOf(job, order);
    }

    private int MakeInThread(Plan plan, int key)
    {
        if (plan.TryBegin() && plan.Step.Behaviour is Behaviour.Return or Behaviour.Throw)
        {
            return plan.Step.Behaviour == Behaviour.Return ? LoadModel.ValueOf(plan.Caller.Id, key) : throw Failure(plan.Caller.Id);
        }

        var job = new Job([key], plan.Caller, null, CancellationToken.None);
        _newJobs.Enqueue(job);
        return ResultOf(job, job.Order.GetAwaiter().GetResult());
    }

    private async ValueTask<IEnumerable<KeyValuePair<int, int>>> MakeMany(Plan plan, IReadOnlyList<int> keys, CancellationToken token)
    {
        Behaviour behaviour = plan.TryBegin() ? plan.Step.Behaviour : Behaviour.Stall;
        if (behaviour == Behaviour.Return)
        {
            return keys.Select(key => KeyValuePair.Create(key, LoadModel.ValueOf(plan.Caller.Id, key)));
        }

        if (behaviour == Behaviour.Throw)
        {
            throw Failure(plan.Caller.Id);
        }

        var job = new Job([.. keys], plan.Caller, null, token);
        _newJobs.Enqueue(job);
        JobOrder order = await job.Order.ConfigureAwait(false);
        _ = ResultOf(job, order);
        Func<int, int?> values = ValuesOf(order.Step, job, order.Number)!;
        return keys.Where(key => values(key) is not null).Append(-1).Select(key => KeyValuePair.Create(key, values(key) ?? 0));
    }

    /// <summary>A factory asks for another key, whose factory behaves as the step says.</summary>
    private ValueTask<int> AskWithin(LoadStep step, LoadContext<int, int> context, ModelCaller asking)
    {
        var plan = new Plan(step, asking, null);
        return context.GetOrAddAsync(step.Other, inner => Make(plan, step.Inner, inner.Key, inner, inner.CancellationToken));
    }

    private static int ResultOf(Job job, JobOrder order) => order.Step.Kind switch
    {
        LoadStepKind.EndWithFailure => throw Failure(order.Number),
        LoadStepKind.EndCancelled => throw new OperationCanceledException(
            job.Token.IsCancellationRequested ? job.Token : new CancellationToken(canceled: true)),
        LoadStepKind.EndGivenUp => throw new OperationCanceledException(),
        _ => LoadModel.ValueOf(order.Number, job.Keys[0]),
    };

    private static InvalidDataException Failure(int number) => new(FormattableString.Invariant($"{number}"));
}
