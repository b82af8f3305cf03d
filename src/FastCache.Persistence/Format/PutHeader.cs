using System.Buffers.Binary;

namespace FastCache.Persistence.Format;

/// <summary>What precedes key, value and tags of a put.</summary>
/// <param name="KeyLength">Bytes of the key.</param>
/// <param name="ValueLength">Bytes of the value.</param>
/// <param name="IsNull">Whether the value is null.</param>
/// <param name="Deadline">When the value expires, in ticks of UTC; 0 for never.</param>
/// <param name="IdleLimit">How long after its last access it expires, in ticks; 0 for no such limit.</param>
/// <param name="IdleEnd">When that is, in ticks of UTC, if it is not accessed any more.</param>
internal readonly record struct PutHeader(
    int KeyLength, int ValueLength, bool IsNull, long Deadline, long IdleLimit, long IdleEnd)
{
    /// <summary>Bytes of the tags; 0 if there are none.</summary>
    public int TagsLength { get; init; }

    /// <summary>The most bytes that it takes.</summary>
    public const int MaxLength = 1 + (3 * Varint.MaxLength32) + (3 * sizeof(long));

    /// <summary>Bytes of what follows.</summary>
    public long ContentLength => (long)KeyLength + ValueLength + TagsLength;

    /// <summary>When the value expires if it is not accessed any more; <see cref="long.MaxValue"/> for never.</summary>
    public long ExpiresAt
        => Math.Min(Deadline == 0 ? long.MaxValue : Deadline, IdleLimit == 0 ? long.MaxValue : IdleEnd);

    /// <summary>Writes it; how many bytes it takes.</summary>
    public int Write(Span<byte> destination)
    {
        RecordFlags flags = (Deadline != 0 ? RecordFlags.Deadline : 0)
            | (IdleLimit != 0 ? RecordFlags.IdleLimit : 0)
            | (TagsLength != 0 ? RecordFlags.Tags : 0)
            | (IsNull ? RecordFlags.NullValue : 0);
        destination[0] = (byte)((byte)RecordKind.Put | (byte)flags);
        int length = 1;
        length += Varint.Write(destination[length..], (uint)KeyLength);
        length += Varint.Write(destination[length..], (uint)ValueLength);
        if (Deadline != 0)
        {
            BinaryPrimitives.WriteInt64LittleEndian(destination[length..], Deadline);
            length += sizeof(long);
        }

        if (IdleLimit != 0)
        {
            BinaryPrimitives.WriteInt64LittleEndian(destination[length..], IdleLimit);
            BinaryPrimitives.WriteInt64LittleEndian(destination[(length + sizeof(long))..], IdleEnd);
            length += 2 * sizeof(long);
        }

        if (TagsLength != 0)
        {
            length += Varint.Write(destination[length..], (uint)TagsLength);
        }

        return length;
    }
}
