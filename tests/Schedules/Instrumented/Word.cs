using System.Runtime.CompilerServices;
using FastCache.Tests.Schedules.Memory;
using FastCache.Tests.Schedules.Search;

namespace FastCache.Threading;

/// <summary>Accesses to a number of up to eight bytes.</summary>
internal static class Word
{
    public static T Load<T>(ref readonly T location, Order order, in Access access)
        where T : unmanaged
    {
        if (ScheduledThread.Current is { } thread)
        {
            thread.Reach(access);
            return thread.View is { } view ? view.Load(ref Unsafe.AsRef(in location), order) : location;
        }

        T value = location;
        Volatile.ReadBarrier();
        return value;
    }

    public static void Store<T>(ref T location, T value, Order order, in Access access)
        where T : unmanaged
    {
        if (ScheduledThread.Current is not { } thread)
        {
            Volatile.WriteBarrier();
            location = value;
            return;
        }

        thread.Reach(access);
        if (thread.View is { } view)
        {
            view.Store(ref location, value, order);
        }
        else
        {
            location = value;
        }
    }

    public static bool Swap<T>(ref T location, T expected, T value, in Access access)
        where T : unmanaged, IEquatable<T>
    {
        if (ScheduledThread.Current is not { } thread)
        {
            return Interlocked.CompareExchange(ref location, value, expected).Equals(expected);
        }

        thread.Reach(access);
        if (!location.Equals(expected))
        {
            thread.View?.Fail(ref location);
            return false;
        }

        location = Write(thread, ref location, value);
        return true;
    }

    /// <summary>Applies a change in one step; what there was before.</summary>
    public static T Change<T>(ref T location, Func<T, T, T> change, T operand, in Access access)
        where T : unmanaged, IEquatable<T>
    {
        if (ScheduledThread.Current is { } thread)
        {
            thread.Reach(access);
            T old = location;
            location = Write(thread, ref location, change(old, operand));
            return old;
        }

        while (true)
        {
            T old = location;
            if (Interlocked.CompareExchange(ref location, change(old, operand), old).Equals(old))
            {
                return old;
            }
        }
    }

    private static T Write<T>(ScheduledThread thread, ref T location, T value)
        where T : unmanaged
    {
        thread.View?.Exchange(ref location, value);
        return value;
    }
}
