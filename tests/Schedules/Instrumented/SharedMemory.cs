using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using FastCache.Tests.Schedules.Memory;
using FastCache.Tests.Schedules.Search;

namespace FastCache.Threading;

/// <summary>
/// The members of the production type, each of them a point at which a schedule may go on with another thread, and each of them
/// subject to the simulated memory if the schedule has one. Threads that belong to no schedule do the plain thing.
/// </summary>
internal static class SharedMemory
{
    public static uint ReadAcquire(
        ref readonly uint location, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
        => Word.Load(in location, Order.Acquire, new Access("read", file, line));

    public static int ReadAcquire(
        ref readonly int location, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
        => Word.Load(in location, Order.Acquire, new Access("read", file, line));

    public static ulong ReadAcquire(
        ref readonly ulong location, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
        => Word.Load(in location, Order.Acquire, new Access("read", file, line));

    public static long ReadAcquire(
        ref readonly long location, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
        => Word.Load(in location, Order.Acquire, new Access("read", file, line));

    public static T ReadAcquire<T>(
        ref readonly T location, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
        where T : class
        => Reference.Load(in location, Order.Acquire, new Access("read", file, line));

    public static uint ReadRelaxed(
        ref readonly uint location, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
        => Word.Load(in location, Order.Relaxed, new Access("read relaxed", file, line));

    public static byte ReadRelaxed(
        ref readonly byte location, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
        => Word.Load(in location, Order.Relaxed, new Access("read relaxed", file, line));

    public static T ReadData<T>(
        ref readonly T location, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
        => Data.Load(in location, new Access("read data", file, line));

    public static Vector128<byte> ReadVector(
        ref readonly byte location, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ref readonly ulong first = ref Unsafe.As<byte, ulong>(ref Unsafe.AsRef(in location));
        var access = new Access("read vector", file, line);
        return Vector128.Create(
            Word.Load(in first, Order.Relaxed, access),
            Word.Load(in Unsafe.Add(ref Unsafe.AsRef(in first), 1), Order.Relaxed, access)).AsByte();
    }

    public static void WriteRelease(
        ref uint location, uint value, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
        => Word.Store(ref location, value, Order.Release, new Access("write", file, line));

    public static void WriteRelease(
        ref int location, int value, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
        => Word.Store(ref location, value, Order.Release, new Access("write", file, line));

    public static void WriteRelease(
        ref long location, long value, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
        => Word.Store(ref location, value, Order.Release, new Access("write", file, line));

    public static void WriteRelease(
        ref ulong location, ulong value, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
        => Word.Store(ref location, value, Order.Release, new Access("write", file, line));

    public static void WriteRelease(
        ref byte location, byte value, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
        => Word.Store(ref location, value, Order.Release, new Access("write", file, line));

    public static void WriteRelease<T>(
        ref T location, T value, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
        where T : class
        => Reference.Store(ref location, value, Order.Release, new Access("write", file, line));

    public static void WriteData<T>(
        ref T location, T value, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
        => Data.Store(ref location, value, new Access("write data", file, line));

    public static void WriteRelaxed(
        ref byte location, byte value, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
        => Word.Store(ref location, value, Order.Relaxed, new Access("write relaxed", file, line));

    public static void IncrementLossy(ref long location) => location++;

    public static bool CompareAndSwap(
        ref uint location,
        uint expected,
        uint value,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0)
        => Word.Swap(ref location, expected, value, new Access("compare-and-swap", file, line));

    public static bool CompareAndSwap(
        ref int location,
        int expected,
        int value,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0)
        => Word.Swap(ref location, expected, value, new Access("compare-and-swap", file, line));

    public static bool CompareAndSwap(
        ref ulong location,
        ulong expected,
        ulong value,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0)
        => Word.Swap(ref location, expected, value, new Access("compare-and-swap", file, line));

    public static bool CompareAndSwap(
        ref long location,
        long expected,
        long value,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0)
        => Word.Swap(ref location, expected, value, new Access("compare-and-swap", file, line));

    public static bool TrySet<T>(
        ref T? location, T value, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
        where T : class
        => Reference.TrySet(ref location, value, new Access("set if null", file, line));

    public static int Increment(
        ref int location, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
        => Word.Change(ref location, static (old, step) => old + step, 1, new Access("increment", file, line)) + 1;

    public static long Increment(
        ref long location, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
        => Word.Change(ref location, static (old, step) => old + step, 1L, new Access("increment", file, line)) + 1;

    public static int Decrement(
        ref int location, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
        => Word.Change(ref location, static (old, step) => old - step, 1, new Access("decrement", file, line)) - 1;

    public static long Add(
        ref long location, long value, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
        => Word.Change(ref location, static (old, step) => old + step, value, new Access("add", file, line)) + value;

    public static int Exchange(
        ref int location, int value, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
        => Word.Change(ref location, static (_, value) => value, value, new Access("exchange", file, line));

    public static void FullFence()
    {
        Interlocked.MemoryBarrier();
        ScheduledThread.Current?.View?.FullFence();
    }

    public static void LoadFence()
    {
        Volatile.ReadBarrier();
        ScheduledThread.Current?.View?.LoadFence();
    }

    public static void StoreFence()
    {
        Volatile.WriteBarrier();
        ScheduledThread.Current?.View?.StoreFence();
    }

    public static T WaitFor<T>(
        Task<T> task, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        if (ScheduledThread.Current is { } thread)
        {
            thread.WaitUntil(() => task.IsCompleted, new Access("wait for a task", file, line));
        }

        return task.GetAwaiter().GetResult();
    }

    public static void Wait(
        ref SpinWait wait, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        if (ScheduledThread.Current is { } thread)
        {
            thread.GiveWay(new Access("spin", file, line));
        }
        else
        {
            wait.SpinOnce();
        }
    }
}
