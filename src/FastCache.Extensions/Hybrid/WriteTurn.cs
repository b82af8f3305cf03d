namespace FastCache.Extensions.Hybrid;

/// <summary>One write to the second level among those of its key.</summary>
/// <param name="order">Where the key was entered; it is left at the end.</param>
/// <param name="key">The key.</param>
/// <param name="before">Complete when those are over that came before.</param>
internal sealed class WriteTurn(KeyOrder order, KeyState key, Task before)
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Before { get; } = before;

    public Task Done => _done.Task;

    /// <summary>It is over, or has not been made: then those that follow still wait for those before.</summary>
    public void End()
    {
        order.Leave(key);
        if (Before.IsCompleted)
        {
            _done.SetResult();
        }
        else
        {
            Before.ContinueWith(
                static (_, turn) => ((WriteTurn)turn!)._done.SetResult(),
                this,
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
        }
    }
}
