using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FastCache.Threading;

/// <summary>An array that is accessed by address: no null check, no bounds check, one load less.</summary>
/// <remarks>
/// It lives on the pinned heap, where its address never changes. The address does not keep it alive: whoever uses an
/// element keeps the owner of this struct reachable until the last access.
/// </remarks>
internal readonly struct PinnedArray<T>
{
    private readonly T[] _items;
    private readonly unsafe void* _first;

    public PinnedArray(int length)
    {
        _items = GC.AllocateArray<T>(length, pinned: true);
        unsafe
        {
            _first = Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_items));
        }
    }

    public unsafe nint Address => (nint)_first;

    public int Length => _items.Length;

    /// <summary>The element at <paramref name="index"/>, which the caller keeps below <see cref="Length"/>.</summary>
    public unsafe ref T this[nint index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref Unsafe.Add(ref Unsafe.AsRef<T>(_first), index);
    }

    /// <summary>Keeps the elements reachable up to this point, for an owner that is a local variable.</summary>
    public void KeepAlive() => GC.KeepAlive(_items);
}
