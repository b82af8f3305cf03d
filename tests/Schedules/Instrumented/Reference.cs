using System.Runtime.CompilerServices;
using FastCache.Tests.Schedules.Memory;
using FastCache.Tests.Schedules.Search;

namespace FastCache.Threading;

/// <summary>Accesses to a reference.</summary>
internal static class Reference
{
    public static T Load<T>(ref readonly T location, Order order, in Access access)
    {
        if (ScheduledThread.Current is { } thread)
        {
            thread.Reach(access);
            return thread.View is { } view ? view.LoadReference(ref Unsafe.AsRef(in location), order) : location;
        }

        T value = location;
        Volatile.ReadBarrier();
        return value;
    }

    public static void Store<T>(ref T location, T value, Order order, in Access access)
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
            view.StoreReference(ref location, value, order);
        }
        else
        {
            location = value;
        }
    }

    public static bool TrySet<T>(ref T? location, T value, in Access access)
        where T : class
    {
        if (ScheduledThread.Current is { } thread)
        {
            thread.Reach(access);
            thread.View?.FullFence();
        }

        return Interlocked.CompareExchange(ref location, value, null) is null;
    }
}
