using FastCache.Tests.Properties.Model;
using FastCache.Tests.Unit.TestTypes;
using static FastCache.Tests.Properties.Linearizability.OperationKind;

namespace FastCache.Tests.Properties.Linearizability;

/// <summary>What one thread of a run does, and the record of it.</summary>
internal sealed partial class ThreadRun<TKey, TValue, TShape>(
    int thread, ProgramSetup setup, Cache<TKey, TValue> cache, ManualTimeProvider time, Stamps stamps, IThreads threads)
    where TKey : notnull
    where TShape : struct, IShape<TKey, TValue>
{
    private static readonly EntryOptions Passed = new() { ExpireAt = DateTimeOffset.MinValue };

    private readonly IKeyCalls<TKey, TValue> _byKey = new OwnKeyCalls<TKey, TValue, TShape>(cache);
    private readonly IKeyCalls<TKey, TValue>? _bySpan = (IKeyCalls<TKey, TValue>?)(object?)SpanCallsOf(cache);
    private readonly TKey[] _keys = [.. Enumerable.Range(0, setup.Keys).Select(TShape.Key)];

    // What the thread saw last of each key; 0, which is no value, if nothing.
    private readonly int[] _seen = [.. Enumerable.Range(0, setup.Keys)
        .Select(key => setup.IsPrefilled(key) ? ProgramSetup.PrefilledValue(key) : 0)];

    /// <summary>The record.</summary>
    public List<Call> Calls { get; } = [];

    public void Do(IEnumerable<Operation> operations)
    {
        foreach (Operation operation in operations)
        {
            if (operation.Pause > 0)
            {
                threads.Pause(operation.Pause);
            }

            bool compares = operation.Kind is TryUpdateIf or TryRemoveIf;
            var call = new Call(thread, operation, stamps.Next()) { Compared = compares ? _seen[operation.Key] : 0 };
            Calls.Add(call);
            Answer answer;
            try
            {
                answer = Do(operation, call);
            }
            catch (InvalidDataException)
            {
                answer = Answer.Failed;
            }

            call.Responded = stamps.Next();
            call.Answer = answer;
            Remember(operation, answer);
        }
    }

    private static SpanKeyCalls<string, TextShape>? SpanCallsOf(Cache<TKey, TValue> cache)
        => cache is Cache<string, string> texts ? new SpanKeyCalls<string, TextShape>(texts) : null;

    private static int NumberOf(TValue? value) => value is null ? -1 : TShape.NumberOfValue(value);

    private static Answer Found(bool isFound, TValue? value) => isFound ? Answer.Value(NumberOf(value)) : Answer.Absent;

    private Answer Do(Operation operation, Call call)
    {
        TKey key = TShape.Key(operation.Key);
        IKeyCalls<TKey, TValue> calls = operation.BySpan && _bySpan is not null ? _bySpan : _byKey;
        return operation.Kind switch
        {
            TryGet => Found(calls.TryGet(operation.Key, out TValue? value), value),
            TryPeek => Found(calls.TryPeek(operation.Key, out TValue? value), value),
            ContainsKey => Answer.Of(calls.ContainsKey(operation.Key)),
            Touch => Answer.Of(cache.Touch(key)),
            TimeToLive => Answer.Time(MillisecondsOf(cache.TimeToLive(key))),
            GetMany => Give(call, cache.GetMany(_keys)),
            Enumerate => Give(call, cache),
            OperationKind.TryRemove => Answer.Of(calls.TryRemove(operation.Key)),
            TryRemoveValue => Found(cache.TryRemove(key, out TValue? value), value),
            TryRemoveIf => Answer.Of(cache.TryRemove(KeyValuePair.Create(key, TShape.Value(call.Compared)))),
            TrySetExpiry => Answer.Of(cache.TrySetExpiry(key, OptionsOf(operation))),
            TrySetExpiryPassed => Answer.Of(cache.TrySetExpiry(key, Passed)),
            _ when operation.IsLoad => Load(operation, key, calls, call),
            _ when operation.ConcernsAllKeys || operation.ConcernsNoKey => Administer(operation),
            _ => Write(operation, key, calls, call),
        };
    }

    private Answer Write(Operation operation, TKey key, IKeyCalls<TKey, TValue> calls, Call call)
    {
        TValue value = TShape.Value(operation.Value);
        switch (operation.Kind)
        {
            case Set:
                return Answer.Of(calls.Set(operation.Key, value));
            case SetFor:
                return Answer.Of(cache.Set(key, value, OptionsOf(operation)));
            case SetExpired:
                return Answer.Of(cache.Set(key, value, Passed));
            case TryAdd:
                return Answer.Of(calls.TryAdd(operation.Key, value));
            case TryAddFor:
                return Answer.Of(cache.TryAdd(key, value, OptionsOf(operation)));
            case TryUpdate:
                return Answer.Of(cache.TryUpdate(key, value));
            case TryUpdateIf:
                return Answer.Of(cache.TryUpdate(key, value, TShape.Value(call.Compared)));
            default:
                TValue now = cache.AddOrUpdate(key, value, (_, old) =>
                {
                    call.UpdatedFrom = NumberOf(old);
                    return TShape.Value(operation.UpdatedValue);
                });
                return Answer.Value(NumberOf(now));
        }
    }

    private Answer Administer(Operation operation)
    {
        switch (operation.Kind)
        {
            case Clear:
                cache.Clear();
                break;
            case Advance:
                time.AdvanceAtOnce(TimeSpan.FromMilliseconds(operation.Milliseconds));
                break;
            case TrimExpired:
                cache.TrimExpired();
                break;
            case Trim:
                cache.Trim(1);
                break;
            default:
                for (int i = 0; i < Operation.FillLength; i++)
                {
                    cache.Set(TShape.Key((operation.Value * Operation.ValuesEach) + i), TShape.Value(0));
                }

                break;
        }

        return Answer.Done;
    }

    private static EntryOptions OptionsOf(Operation operation)
        => new()
        {
            ExpireAfterWrite = operation.Milliseconds == Operation.Infinite
                ? Timeout.InfiniteTimeSpan
                : TimeSpan.FromMilliseconds(operation.Milliseconds),
        };

    private static long? MillisecondsOf(TimeSpan? time)
        => time is { } left ? (left == Timeout.InfiniteTimeSpan ? Operation.Infinite : (long)left.TotalMilliseconds) : null;

    private static Answer Give(Call call, IEnumerable<KeyValuePair<TKey, TValue>> entries)
    {
        var given = new List<(int Key, int Value)>();
        foreach ((TKey key, TValue value) in entries)
        {
            given.Add((TShape.NumberOf(key), NumberOf(value)));
        }

        call.Given = given;
        return Answer.Done;
    }

    private void Remember(Operation operation, Answer answer)
    {
        if (operation.ConcernsAllKeys || operation.ConcernsNoKey)
        {
            return;
        }

        if (answer.Kind == AnswerKind.Value)
        {
            _seen[operation.Key] = (int)answer.Number;
        }
        else if (answer.Kind == AnswerKind.True && operation.Kind is Set or SetFor or TryAdd or TryAddFor or TryUpdate or TryUpdateIf)
        {
            _seen[operation.Key] = operation.Value;
        }
    }
}
