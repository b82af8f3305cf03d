using System.Threading.Channels;
using FastCache.Sharding;

namespace FastCache.Tests.Unit.Sharding;

/// <summary>A piece of maintenance that says when it runs and can be made to wait.</summary>
internal sealed class Work(Action? onMaintain = null) : IMaintained
{
    private readonly Channel<int> _runsBegun = Channel.CreateUnbounded<int>();
    private TaskCompletionSource? _hold;
    private int _runs;

    public long NextTimerTick { get; set; } = long.MaxValue;

    public int Runs => Volatile.Read(ref _runs);

    /// <summary>From now on work does not end before <see cref="Release"/>.</summary>
    public void Hold() => Volatile.Write(ref _hold, new TaskCompletionSource());

    public void Release() => Interlocked.Exchange(ref _hold, null)!.SetResult();

    /// <summary>Completes when work has begun once more.</summary>
    public async Task BegunAsync(CancellationToken cancellationToken) => await _runsBegun.Reader.ReadAsync(cancellationToken);

    public bool Maintain()
    {
        Task? hold = Volatile.Read(ref _hold)?.Task;
        Interlocked.Increment(ref _runs);
        onMaintain?.Invoke();
        _runsBegun.Writer.TryWrite(0);
        hold?.Wait();
        return true;
    }
}
