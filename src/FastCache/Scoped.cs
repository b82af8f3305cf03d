using System.Diagnostics.CodeAnalysis;
using FastCache.Notifications;
using FastCache.Threading;

namespace FastCache;

/// <summary>
/// A value that is disposed when neither a cache nor a reader needs it any more. A cache of such values disposes them, and never
/// one that somebody is using.
/// </summary>
/// <typeparam name="T">The type of the inner value.</typeparam>
/// <remarks>
/// <para>Used as the cache's value type itself: <c>Cache&lt;TKey, Scoped&lt;T&gt;&gt;</c>. The inner value is disposed once: after it has
/// left the cache in whatever way, the removal listener has seen that, and the last <see cref="Lease{T}"/> was given back. A
/// value that leaves last through the cache is disposed in the background, else by the thread that gives back its last lease.</para>
/// <para>A write that returns has taken the value over, whether it was kept or not: one that was refused, or for whose key there
/// was a value already, is disposed likewise. A write that throws has not.</para>
/// <para>A scoped value is put into one cache, once: a write of one that is or was in a cache throws
/// <see cref="InvalidOperationException"/>. Writing the same one from two threads at a time is not supported. A cache that is
/// forgotten without having been disposed disposes nothing.</para>
/// </remarks>
public sealed class Scoped<T> : IScoped
    where T : IDisposable
{
    private const int Not = 0;
    private const int Done = 1;

    private readonly T _value;

    // The owner's, which is the cache, and one a lease. The value is disposed by whoever gives back the last.
    private int _references = 1;
    private int _isHeld;
    private int _isReleased;

    /// <summary>Takes over a value, to dispose it in time.</summary>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentNullException"><paramref name="value"/> is null.</exception>
    public Scoped(T value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _value = value;
    }

    /// <inheritdoc/>
    bool IScoped.IsHeld => SharedMemory.ReadAcquire(ref _isHeld) == Done;

    /// <summary>Protects the value from being disposed until the lease is.</summary>
    /// <param name="lease">The lease, to be disposed after use.</param>
    /// <returns>False if the value has been disposed, or is about to be.</returns>
    /// <remarks>O(1), lock-free. Allocates the lease.</remarks>
    public bool TryLease([MaybeNullWhen(false)] out Lease<T> lease)
    {
        int references;
        do
        {
            references = SharedMemory.ReadAcquire(ref _references);
            if (references == 0)
            {
                lease = null;
                return false;
            }
        }
        while (!SharedMemory.CompareAndSwap(ref _references, references, references + 1));

        lease = new Lease<T>(this, _value);
        return true;
    }

    /// <inheritdoc/>
    void IScoped.Hold() => SharedMemory.Exchange(ref _isHeld, Done);

    /// <inheritdoc/>
    void IScoped.Release()
    {
        if (SharedMemory.Exchange(ref _isReleased, Done) == Not)
        {
            GiveBack();
        }
    }

    /// <summary>Gives back a reference, and disposes the value if it was the last.</summary>
    internal void GiveBack()
    {
        // Full fence: what others did with the value before they gave it back is visible to whoever disposes it.
        if (SharedMemory.Decrement(ref _references) == 0)
        {
            _value.Dispose();
        }
    }
}
