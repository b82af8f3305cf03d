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
/// <para>Locations are known by address, so nothing may be moved while it is in use.</para>
/// </remarks>
internal sealed class WeakMemory(Func<int, int> chooseAge)
{
    private readonly Dictionary<nint, Location> _locations = [];

    /// <summary>What all full fences so far knew.</summary>
    public Knowledge Fenced { get; } = new();

    /// <summary>Which of the newest so many stores a load sees.</summary>
    public int ChooseAge(int ages) => ages == 1 ? 0 : chooseAge(ages);

    /// <summary>The history of the eight bytes that a number lies in.</summary>
    public unsafe Location WordAt<T>(ref T place)
        where T : unmanaged
    {
        nint address = (nint)Unsafe.AsPointer(ref place) & ~7;
        Location location = LocationAt(address);
        location.Catch(*(ulong*)address);
        return location;
    }

    /// <summary>The history of a reference.</summary>
    public unsafe Location ReferenceAt<T>(ref T place)
    {
        Location location = PlaceAt(ref place);
        location.Catch((object?)place);
        return location;
    }

    /// <summary>What was passed on by stores to a place, whatever its type.</summary>
    public unsafe Location PlaceAt<T>(ref T place) => LocationAt((nint)Unsafe.AsPointer(ref Unsafe.As<T, byte>(ref place)));

    private Location LocationAt(nint address)
    {
        if (!_locations.TryGetValue(address, out Location? location))
        {
            _locations.Add(address, location = new Location(_locations.Count));
        }

        return location;
    }
}
