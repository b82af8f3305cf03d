using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using FastCache.Threading;
using FastCache.Timing;

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
internal sealed partial class Table<TKey, TCell> : SlotTable
    where TKey : notnull
{
    private readonly PinnedArray<Entry<TKey, TCell>> _entries;
    private readonly int _probeLimit;

    /// <param name="size">The number of slots.</param>
    /// <param name="siblings">How many tables of about this size are used together, this one included.</param>
    /// <param name="clock">What attention ticks are compared with.</param>
    public Table(TableSize size, int siblings, TickCell clock)
        : this(size, siblings, clock, new PinnedArray<Entry<TKey, TCell>>(size.Slots))
    {
    }

    private Table(TableSize size, int siblings, TickCell clock, PinnedArray<Entry<TKey, TCell>> entries)
        : base(size, siblings, clock, entries.Address, Unsafe.SizeOf<Entry<TKey, TCell>>())
    {
        _entries = entries;
        _probeLimit = Math.Min(TableSize.MaxProbes, size.Groups);
    }

    /// <summary>The slots that a search for one key may visit at most.</summary>
    public int NeighbourhoodSize => _probeLimit * TagGroup.Slots;

    /// <summary>One of the <see cref="NeighbourhoodSize"/> slots that a search for a key of this hash may visit, home first.</summary>
    public int Neighbour(KeyHash hash, int number)
    {
        int slot = ((int)hash.PlaceAmong(GroupCount).Home * TagGroup.Slots) + number;
        return slot < SlotCount ? slot : slot - SlotCount;
    }

    /// <summary>Whether a read of the slot's entry must leave the fast path at this moment.</summary>
    public bool IsDue(int slot) => IsDue(ref At(slot));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsDue(ref Entry<TKey, TCell> entry) => SharedMemory.ReadRelaxed(ref entry.AttentionTick) <= Now;

    /// <summary>Until when the entry of a slot may be served: as of the version that is found before and after.</summary>
    public Lifetime LifetimeOf(int slot)
    {
        if (Times is not { } times)
        {
            return default;
        }

        uint attentionTick = SharedMemory.ReadRelaxed(ref At(slot).AttentionTick);
        GC.KeepAlive(this);
        return times.Read(slot, attentionTick);
    }

    /// <summary>The version of the entry of a slot. Inside a turn.</summary>
    public uint VersionOf(int slot) => SharedMemory.ReadAcquire(ref At(slot).Version);

    /// <summary>Whether the entry of a slot still has a version, and what was read of it meanwhile is so.</summary>
    public bool IsUnchanged(int slot, uint version)
    {
        SharedMemory.LoadFence();
        bool isUnchanged = SharedMemory.ReadRelaxed(ref At(slot).Version) == version;
        GC.KeepAlive(this);
        return isUnchanged;
    }

    private static int GroupSize
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TagGroup.Slots * Unsafe.SizeOf<Entry<TKey, TCell>>();
    }

    private Place PlaceOf(uint position) => new((ulong)position * GroupCount);

    /// <remarks>
    /// In bounds: a slot number comes from a group of this table or was returned by it. Entries and headers are
    /// accessed by address: a method that may run outside a turn keeps the table alive until its last access.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private unsafe ref Entry<TKey, TCell> At(nint slot)
        => ref Unsafe.Add(ref Unsafe.AsRef<Entry<TKey, TCell>>((void*)FirstEntry), slot);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int NextGroup(int group) => ++group == (int)GroupCount ? 0 : group;

    /// <summary>
    /// Whether a key can be read while it is replaced and still be safe to compare by its built-in equality: that is then
    /// the runtime's own, and a wrong answer about a torn key is caught by the version.
    /// </summary>
    private static bool ComparesTornKeys
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => typeof(TKey).IsPrimitive || typeof(TKey).IsEnum || typeof(TKey) == typeof(Guid) || typeof(TKey) == typeof(string);
    }

    /// <summary>
    /// Finds a key. The slot held it while the entry had <paramref name="version"/>; whoever uses the slot validates that.
    /// </summary>
    /// <returns>The slot, or -1 if there was a moment during the call at which the key was absent.</returns>
    public int Find<TProbe>(TProbe probe, KeyHash hash, out uint version)
        where TProbe : IKeyProbe<TKey>, allows ref struct
    {
        Vector128<byte> tags = hash.Tags;
        Place place = hash.PlaceAmong(GroupCount);
        int group = (int)place.Home;
        if (PrefetchPays)
        {
            // Header and entry are then fetched in parallel, at the price of one miss in place of two.
            Prefetch.Line(ref Unsafe.AddByteOffset(ref At(group * TagGroup.Slots), place.PreferredOffset(GroupSize)));
        }

        for (int probes = _probeLimit; probes > 0; probes--)
        {
            TagGroup header = Groups[group];
            for (uint matches = header.Match(tags); matches != 0; matches &= matches - 1)
            {
                int slot = (group * TagGroup.Slots) + BitOperations.TrailingZeroCount(matches);
                if (Holds(probe, ref At(slot), out version))
                {
                    GC.KeepAlive(this);
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

        GC.KeepAlive(this);
        version = 0;
        return -1;
    }

    /// <summary>
    /// Whether an entry of this very hash exists. Inside a turn: false means that the key is absent, and no key was compared.
    /// </summary>
    public bool MayHold(KeyHash hash)
    {
        Vector128<byte> tags = hash.Tags;
        int group = (int)hash.PlaceAmong(GroupCount).Home;
        for (int probes = _probeLimit; probes > 0; probes--)
        {
            TagGroup header = Groups[group];
            for (uint matches = header.Match(tags); matches != 0; matches &= matches - 1)
            {
                if (Positions[(group * TagGroup.Slots) + BitOperations.TrailingZeroCount(matches)] == hash.Position)
                {
                    return true;
                }
            }

            if (header.Overflow == 0)
            {
                break;
            }

            group = NextGroup(group);
        }

        return false;
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

            // User code sees only keys that were whole, and never the null of a cleared slot.
            TKey key = SharedMemory.ReadData(ref entry.Key);
            SharedMemory.LoadFence();
            if (SharedMemory.ReadRelaxed(ref entry.Version) != version)
            {
                continue;
            }

            return probe.Matches(key);
        }
    }
}
