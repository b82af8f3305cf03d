using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FastCache.Persistence.Serialization;

/// <summary>A number of 1, 2, 4 or 8 bytes, the lowest first.</summary>
internal sealed class BlittableSerializer<T>(string format) : ILogSerializer<T>
    where T : unmanaged
{
    /// <inheritdoc/>
    public string Format => format;

    /// <inheritdoc/>
    public void Serialize(T value, IBufferWriter<byte> destination)
    {
        Span<byte> bytes = destination.GetSpan(Unsafe.SizeOf<T>())[..Unsafe.SizeOf<T>()];
        MemoryMarshal.Write(bytes, value);
        Order(bytes);
        destination.Advance(bytes.Length);
    }

    /// <inheritdoc/>
    public T Deserialize(ReadOnlySpan<byte> source)
    {
        FixedLength.Require(format, Unsafe.SizeOf<T>(), source);
        if (typeof(T) == typeof(bool) && source[0] > 1)
        {
            throw new InvalidDataException($"A {format} is 0 or 1, not {source[0]}.");
        }

        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        bytes = bytes[..source.Length];
        source.CopyTo(bytes);
        Order(bytes);
        return MemoryMarshal.Read<T>(bytes);
    }

    private static void Order(Span<byte> bytes)
    {
        if (!BitConverter.IsLittleEndian)
        {
            bytes.Reverse();
        }
    }
}
