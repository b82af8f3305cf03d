using System.Runtime.CompilerServices;
using FastCache.Eviction;
using FastCache.Table;
using FastCache.Threading;

namespace FastCache.Sharding;

/// <summary>What a policy sees of its shard, for the length of one turn.</summary>
internal readonly ref struct EvictionHost : IEvictionHost
{
    private readonly SlotEvictor _evictor;
    private readonly TagGroups _groups;
    private readonly ref byte _firstEntry;
    private readonly int _entrySize;

    public EvictionHost(SlotEvictor evictor, TagGroups groups, ref byte firstEntry, int entrySize, bool prefetchPays)
    {
        PrefetchPays = prefetchPays;
        _evictor = evictor;
        _groups = groups;
        _firstEntry = ref firstEntry;
        _entrySize = entrySize;
    }

    public bool PrefetchPays { get; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsReferenced(int slot) => _groups.IsReferenced(slot);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void ClearReferenced(int slot) => _groups.ClearReferenced(slot);

    public bool TryEvict(int slot) => _evictor.TryEvict(slot);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void PrefetchReferenced(int slot) => _groups.Prefetch(slot);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void PrefetchEntry(int slot) => Prefetch.Line(ref Unsafe.AddByteOffset(ref _firstEntry, (nint)slot * _entrySize));
}
