using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace FastCache.Table;

/// <summary>A slot's state word, cell and key, inline in the table's array.</summary>
internal struct Entry<TKey, TCell>
{
    /// <summary>
    /// <see cref="Version"/> in the low half; in the high half the attention tick, the earliest moment at which a read
    /// must leave the fast path. One aligned word, so that both can change in one compare-and-swap.
    /// </summary>
    public ulong StateWord;

    // Behind a word, hence aligned for a single load or store whatever the key is.
    public TCell Cell;

    public TKey Key;

    /// <summary>See <see cref="StateWord"/>. Written together with the version, or by compare-and-swap of both.</summary>
    [UnscopedRef]
    public ref uint AttentionTick
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref Unsafe.Add(ref Unsafe.As<ulong, uint>(ref StateWord), BitConverter.IsLittleEndian ? 1 : 0);
    }

    /// <summary>See <see cref="EntryVersion"/>. Read with acquire, written by compare-and-swap or with release.</summary>
    [UnscopedRef]
    public ref uint Version
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref Unsafe.Add(ref Unsafe.As<ulong, uint>(ref StateWord), BitConverter.IsLittleEndian ? 0 : 1);
    }

    public static uint VersionOf(ulong stateWord) => (uint)stateWord;

    public static uint AttentionTickOf(ulong stateWord) => (uint)(stateWord >> 32);

    public static ulong StateOf(uint version, uint attentionTick) => ((ulong)attentionTick << 32) | version;
}
