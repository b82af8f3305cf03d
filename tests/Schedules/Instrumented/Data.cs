using System.Runtime.CompilerServices;
using FastCache.Tests.Schedules.Memory;
using FastCache.Tests.Schedules.Search;

namespace FastCache.Threading;

/// <summary>
/// Accesses to what an owner writes and others copy: word by word, so that a copy may be torn. A value of several words with references
/// among them is copied whole.
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

        if (IsWords<T>())
        {
            T copy = default!;
            for (int word = 0; word < Unsafe.SizeOf<T>() / sizeof(ulong); word++)
            {
                WordOf(ref copy, word) = Word.Load(in WordOf(ref place, word), Order.Relaxed, access);
            }

            return copy;
        }

        ScheduledThread.Current?.Reach(access);
        ScheduledThread.Current?.View?.See(ref place);
        return place;
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

        if (IsWords<T>())
        {
            for (int word = 0; word < Unsafe.SizeOf<T>() / sizeof(ulong); word++)
            {
                Word.Store(ref WordOf(ref location, word), WordOf(ref value, word), Order.Relaxed, access);
            }

            return;
        }

        ScheduledThread.Current?.Reach(access);
        ScheduledThread.Current?.View?.Pass(ref location);
        location = value;
    }

    private static bool IsWords<T>()
        => !RuntimeHelpers.IsReferenceOrContainsReferences<T>() && Unsafe.SizeOf<T>() % sizeof(ulong) == 0;

    private static ref ulong WordOf<T>(ref T place, int word) => ref Unsafe.Add(ref Unsafe.As<T, ulong>(ref place), word);
}
