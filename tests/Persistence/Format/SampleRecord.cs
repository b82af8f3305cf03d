using FastCache.Persistence.Format;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace FastCache.Tests.Persistence.Format;

/// <summary>A record as a writer has it.</summary>
internal sealed record SampleRecord(RecordKind Kind, ulong KeyDigest, PutHeader Header, byte[] Key, byte[] Value)
{
    public static IReadOnlyList<SampleRecord> OfEachKind { get; } =
    [
        Remove(0x0102_0304_0506_0708),
        Clear,
        Put([1, 2, 3], [4, 5], isNull: false, 0, 0, 0),
        Put([], [], isNull: false, 0, 0, 0),
        Put([1], [], isNull: true, 7, 0, 0),
        Put(new byte[200], new byte[300], isNull: false, 7, 8, 9),
    ];

    public static Gen<SampleRecord> Generator { get; } = Gen.Frequency(
        (5,
            from key in Bytes()
            from value in Bytes()
            from isNull in Gen.Elements(true, false)
            from moments in Gen.Three(Moment())
            select Put(key, isNull ? [] : value, isNull, moments.Item1, moments.Item2, moments.Item2 == 0 ? 0 : Math.Max(1, moments.Item3))),
        (2, HeaderFields.Word.Select(Remove)),
        (1, Gen.Constant(Clear)));

    private static SampleRecord Clear => new(RecordKind.Clear, 0, default, [], []);

    public byte[] ToBytes()
    {
        byte[] bytes;
        switch (Kind)
        {
            case RecordKind.Put:
                bytes = new byte[PutHeader.MaxLength];
                return [.. bytes[..Header.Write(bytes)], .. Key, .. Value];
            case RecordKind.Remove:
                bytes = new byte[RecordBytes.RemoveLength];
                RecordBytes.WriteRemove(bytes, KeyDigest);
                return bytes;
            default:
                bytes = new byte[RecordBytes.ClearLength];
                RecordBytes.WriteClear(bytes);
                return bytes;
        }
    }

    public void AssertIs(in RecordView record)
    {
        Assert.Equal(Kind, record.Kind);
        Assert.Equal(KeyDigest, record.KeyDigest);
        Assert.Equal(Header, record.Header);
        Assert.Equal(Key, record.Key);
        Assert.Equal(Value, record.Value);
    }

    private static SampleRecord Remove(ulong digest) => new(RecordKind.Remove, digest, default, [], []);

    private static SampleRecord Put(byte[] key, byte[] value, bool isNull, long deadline, long idleLimit, long idleEnd)
        => new(
            RecordKind.Put,
            FastCache.Persistence.Format.KeyDigest.Of(key),
            new PutHeader(key.Length, value.Length, isNull, deadline, idleLimit, idleEnd),
            key,
            value);

    private static Gen<byte[]> Bytes()
        => from length in Gen.Frequency((4, Gen.Choose(0, 40)), (1, Gen.Choose(126, 130)), (1, Gen.Choose(16_380, 16_390)))
           from value in Gen.Choose(0, byte.MaxValue)
           select Enumerable.Repeat((byte)value, length).ToArray();

    private static Gen<long> Moment()
        => Gen.Frequency((1, Gen.Elements(0, 1, long.MaxValue)), (1, HeaderFields.Word.Select(static word => (long)(word >> 1))));
}
