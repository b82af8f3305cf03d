using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using FastCache.Threading;

namespace FastCache.Table;

/// <summary>
/// A hash table of fixed size with lock-free reads and updates: tag groups in front, entries inline behind them.
/// </summary>
/// <remarks>
/// <para>Reads and in-place updates may run at any time on any thread. Everything that adds, removes or moves an entry
/// runs inside the turn that owns the table. An entry never changes its slot; a table that must grow is replaced whole.</para>
/// <para>A slot number is <c>group * 15 + index</c>. An entry lies in its home group or in one of the groups after it,
/// at most <see cref="TableSize.MaxProbes"/> in all; the overflow counts say when a search may stop early.</para>
/// <para>docs/design/synchronization.md has the protocol and why each read is valid.</para>
/// </remarks>
internal sealed partial class Table<TKey, TCell>
    where TKey : notnull
{
    // Below this the entries fit into the second-level cache, and the prefetch only costs instructions.
    private const int PrefetchFromBytes = 1 << 20;

    private readonly CacheLineArray _groups;
    private readonly Entry<TKey, TCell>[] _entries;
    private readonly uint[] _positions;
    private readonly uint _groupCount;
    private readonly int _probeLimit;
    private readonly bool _prefetchEntries;

    public Table(TableSize size)
    {
        Size = size;
        _groupCount = (uint)size.Groups;
        _probeLimit = Math.Min(TableSize.MaxProbes, size.Groups);
        _groups = new CacheLineArray((size.Groups + 1) * TagGroup.Size / CacheLineArray.LineSize);
        _entries = new Entry<TKey, TCell>[size.Slots];
        _positions = new uint[size.Slots];
        _prefetchEntries = (long)Unsafe.SizeOf<Entry<TKey, TCell>>() * size.Slots > PrefetchFromBytes;
    }

    public TableSize Size { get; }

    public int SlotCount => _entries.Length;

    /// <summary>The <see cref="KeyHash.Position"/> of the entry in each slot; written inside turns only.</summary>
    public uint[] Positions => _positions;

    /// <summary>Home group and preferred slot in one product: the integer part is the group, the fraction the place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong Place(uint position) => (ulong)position * _groupCount;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Home(ulong place) => (int)(place >> 32);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int PreferredIndex(ulong place) => (int)(((ulong)(uint)place * TagGroup.Slots) >> 32);

    /// <remarks>In bounds: a group number comes from <see cref="Place"/> or is wrapped by <see cref="NextGroup"/>.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TagGroup Group(int group) => new(ref _groups.At((nint)group * TagGroup.Size));

    /// <remarks>In bounds: a slot number comes from a group of this table or was returned by it.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref Entry<TKey, TCell> At(int slot)
        => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_entries), slot);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TagGroup GroupOf(int slot, out int index)
    {
        uint group = (uint)slot / TagGroup.Slots;
        index = slot - (int)(group * TagGroup.Slots);
        return Group((int)group);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int NextGroup(int group) => ++group == (int)_groupCount ? 0 : group;

    /// <summary>
    /// Whether a key can be read while it is replaced and still be safe to compare: the comparison is the runtime's own,
    /// and a wrong answer about a torn key is caught by the version.
    /// </summary>
    private static bool ComparesTornKeys
        => typeof(TKey).IsPrimitive || typeof(TKey).IsEnum || typeof(TKey) == typeof(Guid) || typeof(TKey) == typeof(string);

    /// <summary>
    /// Finds a key. The slot held it while the entry had <paramref name="version"/>; whoever uses the slot validates that.
    /// </summary>
    /// <returns>The slot, or -1 if there was a moment during the call at which the key was absent.</returns>
    public int Find<TProbe>(TProbe probe, KeyHash hash, out uint version)
        where TProbe : IKeyProbe<TKey>, allows ref struct
    {
        byte tag = hash.Tag;
        int group = Home(Place(hash.Position));
        for (int probes = _probeLimit; probes > 0; probes--)
        {
            TagGroup header = Group(group);
            for (uint matches = header.Match(tag); matches != 0; matches &= matches - 1)
            {
                int slot = (group * TagGroup.Slots) + BitOperations.TrailingZeroCount(matches);
                if (Holds(probe, ref At(slot), out version))
                {
                    return slot;
                }
            }

            // Raised before an entry that passed here got its tag and lowered after it lost it: zero means none.
            if (SharedMemory.ReadRelaxed(ref header.Overflow) == 0)
            {
                break;
            }

            group = NextGroup(group);
        }

        version = 0;
        return -1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Holds<TProbe>(TProbe probe, ref Entry<TKey, TCell> entry, out uint version)
        where TProbe : IKeyProbe<TKey>, allows ref struct
    {
        while (true)
        {
            // Acquire: pairs with the release that published the entry, so its key is visible.
            version = SharedMemory.ReadAcquire(ref entry.Version);
            if (EntryVersion.IsDead(version))
            {
                return false;
            }

            TKey key = entry.Key;
            if (!ComparesTornKeys)
            {
                // User code sees only keys that were whole, and never the null of a cleared slot.
                SharedMemory.LoadFence();
                if (SharedMemory.ReadRelaxed(ref entry.Version) != version)
                {
                    continue;
                }
            }

            return probe.Matches(key);
        }
    }
}
