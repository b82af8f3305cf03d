using System.Runtime.CompilerServices;

namespace FastCache.Tests.Schedules.Memory;

/// <summary>
/// A memory in which a load may get an older value than the newest, as far as the orders of the accesses allow: what a processor
/// with store buffers and invalidation queues, or a compiler, can make of the same program.
/// </summary>
/// <remarks>
/// <para>The release/acquire model of C11 without its load-to-store reordering, as an operational one: every location has a history of
/// stores, each of which carries what its thread knew (Kang et al., "A promising semantics for relaxed-memory concurrency", POPL 2017,
/// without the promises). Memory itself always holds the newest value.</para>
/// <para>Locations are known by their addresses, which a garbage collection changes: after one, loads see the newest that memory holds.</para>
/// </remarks>
internal sealed class WeakMemory(Func<int, int> chooseAge)
{
    private readonly Dictionary<nint, Location> _locations = [];
    private readonly int _collections = GC.CollectionCount(0);

    /// <summary>Whether all histories so far are of the places that they were asked for.</summary>
    public bool HasHistory => GC.CollectionCount(0) == _collections;

    /// <summary>What all full fences so far knew.</summary>
    public Knowledge Fenced { get; } = new();

    /// <summary>Which of the newest so many stores a load sees.</summary>
    public int ChooseAge(int ages) => ages == 1 ? 0 : chooseAge(ages);

    /// <summary>The history of the eight bytes that a number lies in.</summary>
    public Location WordAt<T>(ref T place)
        where T : unmanaged
    {
        ref ulong word = ref WordAround(ref place);
        Location location = PlaceAt(ref word);
        location.Catch(word);
        return location;
    }

    /// <summary>The history of a reference.</summary>
    public Location ReferenceAt<T>(ref T place)
    {
        Location location = PlaceAt(ref place);
        location.Catch((object?)place);
        return location;
    }

    /// <summary>What was passed on by stores to a place, whatever its type.</summary>
    public unsafe Location PlaceAt<T>(ref T place)
    {
        nint address = (nint)Unsafe.AsPointer(ref Unsafe.As<T, byte>(ref place));
        if (!_locations.TryGetValue(address, out Location? location))
        {
            _locations.Add(address, location = new Location(_locations.Count));
        }

        return location;
    }

    /// <summary>The eight bytes that a number lies in.</summary>
    public static ref ulong WordAround<T>(ref T place)
        where T : unmanaged
        => ref Unsafe.As<byte, ulong>(ref Unsafe.Subtract(ref Unsafe.As<T, byte>(ref place), OffsetOf(ref place)));

    /// <summary>Where in its eight bytes a number begins. No collection changes it.</summary>
    public static unsafe int OffsetOf<T>(ref T place)
        where T : unmanaged
        => (int)((nint)Unsafe.AsPointer(ref place) & 7);
}
