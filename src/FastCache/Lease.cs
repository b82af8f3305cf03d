using FastCache.Threading;

namespace FastCache;

/// <summary>Leave to use the inner value of a <see cref="Scoped{T}"/>, which is not disposed before the lease is.</summary>
/// <typeparam name="T">The type of the inner value.</typeparam>
/// <remarks>
/// A class: copies of a struct could not know that another copy was disposed, and would give back what is not theirs. Disposing
/// it again does nothing. One that is never disposed keeps the value from being disposed.
/// </remarks>
public sealed class Lease<T> : IDisposable
    where T : IDisposable
{
    private const int Open = 0;
    private const int Closed = 1;

    private readonly Scoped<T> _scoped;
    private readonly T _value;
    private int _state;

    internal Lease(Scoped<T> scoped, T value)
    {
        _scoped = scoped;
        _value = value;
    }

    /// <summary>The value.</summary>
    /// <exception cref="ObjectDisposedException">The lease was disposed.</exception>
    public T Value
    {
        get
        {
            ObjectDisposedException.ThrowIf(SharedMemory.ReadAcquire(ref _state) == Closed, this);
            return _value;
        }
    }

    /// <summary>Gives the value back. Disposes it if the cache does not have it any more and this was the last lease.</summary>
    /// <remarks>What the value's own disposal throws passes through.</remarks>
    public void Dispose()
    {
        if (SharedMemory.Exchange(ref _state, Closed) == Open)
        {
            _scoped.GiveBack();
        }
    }
}
