using FastCache.Threading;

namespace FastCache.Loading;

/// <summary>The token of one run of a factory, for one load or for several at once.</summary>
/// <param name="loads">How many loads the run is for: it is cancelled when all of them are abandoned.</param>
internal sealed class LoadCancellation(int loads) : CancellationTokenSource, ILoadCancellation
{
    private CancellationTokenRegistration _stopping;
    private int _wanted = loads;

    /// <inheritdoc/>
    public bool HasFired => IsCancellationRequested;

    /// <summary>Has the token fire together with another one, until <see cref="End"/>.</summary>
    public void Follow(CancellationToken stopping)
        => _stopping = stopping.UnsafeRegister(static self => ((LoadCancellation)self!).Fire(), this);

    /// <summary>Fires the token. Callbacks, which are user code, run elsewhere.</summary>
    public void Fire() => _ = CancelAsync();

    /// <inheritdoc/>
    public void OnAbandoned()
    {
        if (SharedMemory.Decrement(ref _wanted) == 0)
        {
            Fire();
        }
    }

    /// <inheritdoc/>
    public void OnRejoined() => SharedMemory.Increment(ref _wanted);

    /// <summary>The run is over. Not disposed: a factory that is deaf may still hold the token.</summary>
    public void End() => _stopping.Unregister();
}
