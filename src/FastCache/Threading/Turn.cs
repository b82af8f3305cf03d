using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FastCache.Threading;

/// <summary>
/// The right to touch a shard's policy, free slots and table structure: one thread at a time holds it.
/// </summary>
/// <remarks>
/// A word, taken by a compare-and-swap and given back by a release store; waiters spin, then yield, then sleep. Not
/// re-entrant, and it need not be: no user code runs inside a turn. Padded so that the word shares its cache line with
/// nothing.
/// </remarks>
[StructLayout(LayoutKind.Explicit, Size = 128)]
internal struct Turn
{
    private const int Free = 0;
    private const int Taken = 1;

    [FieldOffset(64)]
    private int _state;

    /// <summary>Waits for the turn and takes it; disposing the result gives it back.</summary>
    [UnscopedRef]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Scope Enter()
    {
        // Acquire: pairs with the release in Scope.Dispose, so that the holder sees all that earlier turns wrote.
        if (!SharedMemory.CompareAndSwap(ref _state, Free, Taken))
        {
            EnterContended();
        }

        return new Scope(ref _state);
    }

    /// <summary>Takes the turn if it is free at this moment.</summary>
    [UnscopedRef]
    public bool TryEnter(out Scope scope)
    {
        scope = new Scope(ref _state);
        return SharedMemory.CompareAndSwap(ref _state, Free, Taken);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void EnterContended()
    {
        var wait = new SpinWait();
        do
        {
            SharedMemory.Wait(ref wait);
        }
        while (SharedMemory.ReadAcquire(ref _state) != Free || !SharedMemory.CompareAndSwap(ref _state, Free, Taken));
    }

    /// <summary>A turn in progress.</summary>
    public readonly ref struct Scope
    {
        private readonly ref int _state;

        internal Scope(ref int state) => _state = ref state;

        /// <summary>Gives the turn back.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Dispose() => SharedMemory.WriteRelease(ref _state, Free);
    }
}
