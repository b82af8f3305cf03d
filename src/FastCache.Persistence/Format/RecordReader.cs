using System.Buffers.Binary;

namespace FastCache.Persistence.Format;

/// <summary>Reads the records of a block, one after the other. Whatever the bytes are, it reads within them and does not throw.</summary>
internal ref struct RecordReader
{
    private readonly ReadOnlySpan<byte> _block;
    private int _position;

    public RecordReader(ReadOnlySpan<byte> block) => _block = block;

    /// <summary>Whether all has been read.</summary>
    public readonly bool IsAtEnd => _position == _block.Length;

    /// <summary>Where the next record begins.</summary>
    public int Position
    {
        readonly get => _position;
        set => _position = value;
    }

    /// <summary>Passes over the next record; false if there is none, or none that makes sense.</summary>
    public bool TrySkip() => TryRead(digests: false, out _);

    /// <summary>Reads the next record; false if there is none, or none that makes sense.</summary>
    public bool TryRead(out RecordView record) => TryRead(digests: true, out record);

    private bool TryRead(bool digests, out RecordView record)
    {
        record = default;
        if (_position >= _block.Length)
        {
            return false;
        }

        byte first = _block[_position++];
        var flags = (RecordFlags)(first & 0xF0);
        switch ((RecordKind)(first & 0x0F))
        {
            case RecordKind.Put:
                return TryReadPut(flags, digests, out record);
            case RecordKind.Remove when flags == 0 && _block.Length - _position >= sizeof(ulong):
                record = new RecordView
                {
                    Kind = RecordKind.Remove,
                    KeyDigest = BinaryPrimitives.ReadUInt64LittleEndian(_block[_position..]),
                };
                _position += sizeof(ulong);
                return true;
            case RecordKind.Clear when flags == 0:
                record = new RecordView { Kind = RecordKind.Clear };
                return true;
            case RecordKind.RemoveTag or RecordKind.RemovePrefix or RecordKind.RemovePattern when flags == 0:
                return TryReadRemoval((RecordKind)first, out record);
            default:
                return false;
        }
    }

    private bool TryReadPut(RecordFlags flags, bool digests, out RecordView record)
    {
        record = default;
        uint tagsLength = 0;
        if (!Varint.TryRead(_block, ref _position, out uint keyLength)
            || !Varint.TryRead(_block, ref _position, out uint valueLength)
            || !TryReadMoment((flags & RecordFlags.Deadline) != 0, out long deadline)
            || !TryReadMoment((flags & RecordFlags.IdleLimit) != 0, out long idleLimit)
            || !TryReadMoment((flags & RecordFlags.IdleLimit) != 0, out long idleEnd)
            || ((flags & RecordFlags.Tags) != 0 && !Varint.TryRead(_block, ref _position, out tagsLength))
            || (ulong)keyLength + valueLength + tagsLength > (ulong)(_block.Length - _position))
        {
            return false;
        }

        ReadOnlySpan<byte> tags = _block.Slice(_position + (int)(keyLength + valueLength), (int)tagsLength);
        if ((flags & RecordFlags.Tags) != 0 && !TagList.IsValid(tags))
        {
            return false;
        }

        ReadOnlySpan<byte> key = _block.Slice(_position, (int)keyLength);
        record = new RecordView
        {
            Kind = RecordKind.Put,
            KeyDigest = digests ? Format.KeyDigest.Of(key) : 0,
            Header = new PutHeader(
                (int)keyLength, (int)valueLength, (flags & RecordFlags.NullValue) != 0, deadline, idleLimit, idleEnd)
            {
                TagsLength = (int)tagsLength,
            },
            Key = key,
            Value = _block.Slice(_position + (int)keyLength, (int)valueLength),
            Text = tags,
        };
        _position += (int)(keyLength + valueLength + tagsLength);
        return true;
    }

    private bool TryReadRemoval(RecordKind kind, out RecordView record)
    {
        record = default;
        if (!Varint.TryRead(_block, ref _position, out uint length)
            || length > (uint)(_block.Length - _position)
            || !RemovalText.IsValid(kind, _block.Slice(_position, (int)length)))
        {
            return false;
        }

        record = new RecordView { Kind = kind, Text = _block.Slice(_position, (int)length) };
        _position += (int)length;
        return true;
    }

    private bool TryReadMoment(bool isThere, out long moment)
    {
        moment = 0;
        if (!isThere)
        {
            return true;
        }

        if (_block.Length - _position < sizeof(long))
        {
            return false;
        }

        moment = BinaryPrimitives.ReadInt64LittleEndian(_block[_position..]);
        _position += sizeof(long);
        return moment > 0;
    }
}
