using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FastCache.Threading;

/// <summary>
/// The right to touch a shard's policy, free slots and table structure: one thread at a time holds it.
/// </summary>
/// <remarks>
/// A word that holds the owner's managed thread id, taken by a compare-and-swap and given back by a release store;
/// waiters spin, then yield, then sleep. Not re-entrant: the only user code that runs inside a turn is a key
/// comparer's <c>Equals</c>, and one that calls back into the same shard gets an exception in place of a deadlock.
/// Padded so that the word shares its cache line with nothing.
/// </remarks>
[StructLayout(LayoutKind.Explicit, Size = 128)]
internal struct Turn
{
    private const int Nobody = 0;

    [FieldOffset(64)]
    private int _owner;

    /// <summary>Whether the calling thread holds the turn.</summary>
    public readonly bool IsMine => _owner == Environment.CurrentManagedThreadId;

    /// <summary>Waits for the turn and takes it; disposing the result gives it back.</summary>
    /// <exception cref="LockRecursionException">The calling thread holds it already.</exception>
    [UnscopedRef]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Scope Enter()
    {
        int me = Environment.CurrentManagedThreadId;

        // Acquire: pairs with the release in Scope.Dispose, so that the holder sees all that earlier turns wrote.
        if (!SharedMemory.CompareAndSwap(ref _owner, Nobody, me))
        {
            EnterContended(me);
        }

        return new Scope(ref _owner);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void EnterContended(int me)
    {
        if (SharedMemory.ReadAcquire(ref _owner) == me)
        {
            throw new LockRecursionException(
                "The key comparer called back into the cache while the cache was comparing keys with it.");
        }

        var wait = new SpinWait();
        do
        {
            SharedMemory.Wait(ref wait);
        }
        while (SharedMemory.ReadAcquire(ref _owner) != Nobody || !SharedMemory.CompareAndSwap(ref _owner, Nobody, me));
    }

    /// <summary>A turn in progress.</summary>
    public readonly ref struct Scope
    {
        private readonly ref int _owner;

        internal Scope(ref int owner) => _owner = ref owner;

        /// <summary>Gives the turn back.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Dispose() => SharedMemory.WriteRelease(ref _owner, Nobody);
    }
}
