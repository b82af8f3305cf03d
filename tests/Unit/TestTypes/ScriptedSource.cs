namespace FastCache.Tests.Unit.TestTypes;

/// <summary>What factories ask: answers each call when a test says so, and remembers the tokens. Calls are numbered from 0.</summary>
internal sealed class ScriptedSource<TValue>
{
    private readonly Lock _gate = new();
    private readonly List<(TaskCompletionSource<TValue> Answer, CancellationToken Token)> _calls = [];

    /// <summary>How often it was asked.</summary>
    public int Calls
    {
        get
        {
            lock (_gate)
            {
                return _calls.Count;
            }
        }
    }

    /// <summary>Asks, as a factory does. Deaf: the token is remembered, and nothing else.</summary>
    public Task<TValue> Ask(CancellationToken token = default)
    {
        var answer = new TaskCompletionSource<TValue>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _calls.Add((answer, token));
        }

        return answer.Task;
    }

    /// <summary>The same for a factory that gives up when its token fires.</summary>
    public Task<TValue> AskOrGiveUp(CancellationToken token) => Ask(token).WaitAsync(token);

    /// <summary>Waits until so many calls have come.</summary>
    public void AwaitCalls(int count) => Wait.Until(() => Calls >= count);

    public CancellationToken TokenOf(int call) => At(call).Token;

    public void Answer(TValue value, int call = 0) => At(call).Answer.SetResult(value);

    public void Fail(Exception error, int call = 0) => At(call).Answer.SetException(error);

    private (TaskCompletionSource<TValue> Answer, CancellationToken Token) At(int call)
    {
        lock (_gate)
        {
            return _calls[call];
        }
    }
}
