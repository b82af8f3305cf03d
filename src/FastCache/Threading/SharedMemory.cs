using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FastCache.Threading;

/// <summary>
/// Every access to memory that threads share without a turn: one place to name the ordering, and one place that a
/// test scheduler can replace to search interleavings.
/// </summary>
/// <remarks>In production each member is the plain instruction; docs/design/synchronization.md says who uses which.</remarks>
internal static class SharedMemory
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint ReadAcquire(ref readonly uint location) => Volatile.Read(in location);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ReadAcquire(ref readonly int location) => Volatile.Read(in location);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T ReadAcquire<T>(ref readonly T location) where T : class => Volatile.Read(in location);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong ReadAcquire(ref readonly ulong location) => Volatile.Read(in location);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long ReadAcquire(ref readonly long location) => Volatile.Read(in location);

    /// <summary>A load ordered only by the fences around it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint ReadRelaxed(ref readonly uint location) => location;

    /// <inheritdoc cref="ReadRelaxed(ref readonly uint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte ReadRelaxed(ref readonly byte location) => location;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteRelease(ref uint location, uint value) => Volatile.Write(ref location, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteRelease(ref int location, int value) => Volatile.Write(ref location, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteRelease(ref long location, long value) => Volatile.Write(ref location, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteRelease(ref ulong location, ulong value) => Volatile.Write(ref location, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteRelease(ref byte location, byte value) => Volatile.Write(ref location, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteRelease<T>(ref T location, T value) where T : class => Volatile.Write(ref location, value);

    /// <summary>Sixteen bytes, each valid on its own.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> ReadVector(ref readonly byte location) => Vector128.LoadUnsafe(in location);

    /// <summary>
    /// A load of what an owner writes: ordered only by the fences around it, and torn, if the type is more than one word.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T ReadData<T>(ref readonly T location) => location;

    /// <summary>A store by the owner of what others may read meanwhile: ordered only by the fences around it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteData<T>(ref T location, T value) => location = value;

    /// <summary>A store that may be lost to, or reordered with, any other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteRelaxed(ref byte location, byte value) => location = value;

    /// <summary>Adds one; lost, or undoing what others added meanwhile, if another thread writes at the same time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void IncrementLossy(ref long location) => location++;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool CompareAndSwap(ref uint location, uint expected, uint value)
        => Interlocked.CompareExchange(ref location, value, expected) == expected;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool CompareAndSwap(ref int location, int expected, int value)
        => Interlocked.CompareExchange(ref location, value, expected) == expected;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool CompareAndSwap(ref ulong location, ulong expected, ulong value)
        => Interlocked.CompareExchange(ref location, value, expected) == expected;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool CompareAndSwap(ref long location, long expected, long value)
        => Interlocked.CompareExchange(ref location, value, expected) == expected;

    /// <summary>Sets a reference that is null; false if it was not.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TrySet<T>(ref T? location, T value)
        where T : class
        => Interlocked.CompareExchange(ref location, value, null) is null;

    /// <summary>Adds one; a full fence. What it is then.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Increment(ref int location) => Interlocked.Increment(ref location);

    /// <inheritdoc cref="Increment(ref int)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Increment(ref long location) => Interlocked.Increment(ref location);

    /// <summary>Takes one away; a full fence. What it is then.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Decrement(ref int location) => Interlocked.Decrement(ref location);

    /// <summary>Adds; a full fence. What it is then.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Add(ref long location, long value) => Interlocked.Add(ref location, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Exchange(ref int location, int value) => Interlocked.Exchange(ref location, value);

    /// <summary>No load after it is performed before a store that precedes it, nor anything else out of order across it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void FullFence() => Interlocked.MemoryBarrier();

    /// <summary>No load after it is performed before a load that precedes it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void LoadFence() => Volatile.ReadBarrier();

    /// <summary>No store after it is performed before a store that precedes it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreFence() => Volatile.WriteBarrier();

    /// <summary>Blocks the thread until a task has ended.</summary>
    public static T WaitFor<T>(Task<T> task) => task.GetAwaiter().GetResult();

    /// <summary>Gives way to the thread that is waited for: spins first, then yields, then sleeps.</summary>
    public static void Wait(ref SpinWait wait) => wait.SpinOnce();
}
