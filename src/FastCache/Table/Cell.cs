using System.Runtime.CompilerServices;
using FastCache.Threading;

namespace FastCache.Table;

/// <summary>
/// What an entry stores for a value: something that one instruction reads or writes whole, so that a reader who meets
/// a writer sees the old value or the new one and never waits.
/// </summary>
internal static class Cell
{
    /// <summary>
    /// Whether a <typeparamref name="T"/> can be a cell: a reference, or 1, 2, 4 or 8 bytes. Constant for the compiler.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Holds<T>()
        => !typeof(T).IsValueType || Unsafe.SizeOf<T>() is 1 or 2 or 4 or 8;

    /// <summary>
    /// Makes a cell: the value itself if <typeparamref name="TCell"/> is its type, else a reference to a copy of it that is
    /// never changed, in a <see cref="StrongBox{T}"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TCell Store<TValue, TCell>(TValue value)
    {
        if (Holds<TValue>())
        {
            // The same type under two names: whoever picks the type arguments goes by Holds.
            return Unsafe.As<TValue, TCell>(ref value);
        }

        var box = new StrongBox<TValue>(value);
        return Unsafe.As<StrongBox<TValue>, TCell>(ref box);
    }

    /// <summary>The value that <see cref="Store"/> made the cell from.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TValue Load<TValue, TCell>(TCell cell)
        => Holds<TValue>()
            ? Unsafe.As<TCell, TValue>(ref cell)
            : Unsafe.As<TCell, StrongBox<TValue>>(ref cell).Value!;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Read<T>(ref T cell)
    {
        // Left to itself the compiler may copy a small struct field by field.
        if (RuntimeHelpers.IsReferenceOrContainsReferences<T>())
        {
            return SharedMemory.ReadData(ref cell);
        }

        switch (Unsafe.SizeOf<T>())
        {
            case 8:
                ulong eight = SharedMemory.ReadData(ref Unsafe.As<T, ulong>(ref cell));
                return Unsafe.As<ulong, T>(ref eight);
            case 4:
                uint four = SharedMemory.ReadData(ref Unsafe.As<T, uint>(ref cell));
                return Unsafe.As<uint, T>(ref four);
            case 2:
                ushort two = SharedMemory.ReadData(ref Unsafe.As<T, ushort>(ref cell));
                return Unsafe.As<ushort, T>(ref two);
            default:
                return SharedMemory.ReadData(ref cell);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write<T>(ref T cell, T value)
    {
        if (RuntimeHelpers.IsReferenceOrContainsReferences<T>())
        {
            SharedMemory.WriteData(ref cell, value);
            return;
        }

        switch (Unsafe.SizeOf<T>())
        {
            case 8:
                SharedMemory.WriteData(ref Unsafe.As<T, ulong>(ref cell), Unsafe.As<T, ulong>(ref value));
                break;
            case 4:
                SharedMemory.WriteData(ref Unsafe.As<T, uint>(ref cell), Unsafe.As<T, uint>(ref value));
                break;
            case 2:
                SharedMemory.WriteData(ref Unsafe.As<T, ushort>(ref cell), Unsafe.As<T, ushort>(ref value));
                break;
            default:
                SharedMemory.WriteData(ref cell, value);
                break;
        }
    }
}
