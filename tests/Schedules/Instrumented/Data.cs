using System.Runtime.CompilerServices;
using FastCache.Tests.Schedules.Memory;
using FastCache.Tests.Schedules.Search;

namespace FastCache.Threading;

/// <summary>
/// Accesses to what an owner writes and others copy: a reference or a number in one step, everything else in two, between which
/// others may run.
/// </summary>
internal static class Data
{
    public static T Load<T>(ref readonly T location, in Access access)
    {
        ref T place = ref Unsafe.AsRef(in location);
        if (!typeof(T).IsValueType)
        {
            return Reference.Load(in location, Order.Relaxed, access);
        }

        if (!RuntimeHelpers.IsReferenceOrContainsReferences<T>())
        {
            switch (Unsafe.SizeOf<T>())
            {
                case 1:
                    byte one = Word.Load(in Unsafe.As<T, byte>(ref place), Order.Relaxed, access);
                    return Unsafe.As<byte, T>(ref one);
                case 2:
                    ushort two = Word.Load(in Unsafe.As<T, ushort>(ref place), Order.Relaxed, access);
                    return Unsafe.As<ushort, T>(ref two);
                case 4:
                    uint four = Word.Load(in Unsafe.As<T, uint>(ref place), Order.Relaxed, access);
                    return Unsafe.As<uint, T>(ref four);
                case 8:
                    ulong eight = Word.Load(in Unsafe.As<T, ulong>(ref place), Order.Relaxed, access);
                    return Unsafe.As<ulong, T>(ref eight);
            }
        }

        ScheduledThread.Current?.Reach(access);
        T copy = place;
        ScheduledThread.Current?.Reach(access);
        CopySecondHalf(ref copy, place);
        return copy;
    }

    public static void Store<T>(ref T location, T value, in Access access)
    {
        if (!typeof(T).IsValueType)
        {
            Reference.Store(ref location, value, Order.Relaxed, access);
            return;
        }

        if (!RuntimeHelpers.IsReferenceOrContainsReferences<T>())
        {
            switch (Unsafe.SizeOf<T>())
            {
                case 1:
                    Word.Store(ref Unsafe.As<T, byte>(ref location), Unsafe.As<T, byte>(ref value), Order.Relaxed, access);
                    return;
                case 2:
                    Word.Store(ref Unsafe.As<T, ushort>(ref location), Unsafe.As<T, ushort>(ref value), Order.Relaxed, access);
                    return;
                case 4:
                    Word.Store(ref Unsafe.As<T, uint>(ref location), Unsafe.As<T, uint>(ref value), Order.Relaxed, access);
                    return;
                case 8:
                    Word.Store(ref Unsafe.As<T, ulong>(ref location), Unsafe.As<T, ulong>(ref value), Order.Relaxed, access);
                    return;
            }
        }

        ScheduledThread.Current?.Reach(access);
        T torn = value;
        CopySecondHalf(ref torn, location);
        location = torn;
        ScheduledThread.Current?.Reach(access);
        location = value;
    }

    /// <summary>Copies what lies behind the middle, unless there are references, which cannot be copied as bytes.</summary>
    private static void CopySecondHalf<T>(ref T target, T source)
    {
        if (RuntimeHelpers.IsReferenceOrContainsReferences<T>())
        {
            return;
        }

        int half = Unsafe.SizeOf<T>() / 2;
        ref byte to = ref Unsafe.As<T, byte>(ref target);
        ref byte from = ref Unsafe.As<T, byte>(ref source);
        Unsafe.CopyBlockUnaligned(ref Unsafe.Add(ref to, half), ref Unsafe.Add(ref from, half), (uint)(Unsafe.SizeOf<T>() - half));
    }
}
