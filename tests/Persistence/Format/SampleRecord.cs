using FastCache.Persistence.Format;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace FastCache.Tests.Persistence.Format;

/// <summary>A record as a writer has it.</summary>
internal sealed record SampleRecord(RecordKind Kind, ulong KeyDigest, PutHeader Header, byte[] Key, byte[] Value, byte[] Text)
{
    public static IReadOnlyList<SampleRecord> OfEachKind { get; } =
    [
        Remove(0x0102_0304_0506_0708),
        Clear,
        Put([1, 2, 3], [4, 5], isNull: false, 0, 0, 0),
        Put([], [], isNull: false, 0, 0, 0),
        Put([1], [], isNull: true, 7, 0, 0),
        Put(new byte[200], new byte[300], isNull: false, 7, 8, 9),
        Put([1], [2], isNull: false, 7, 8, 9, "a", "two"),
        Put([], [], isNull: true, 0, 0, 0, "\ud800"),
        Removal(RecordKind.RemoveTag, "tag"),
        Removal(RecordKind.RemovePrefix, ""),
        Removal(RecordKind.RemovePattern, "users:*:profile"),
    ];

    public static Gen<SampleRecord> Generator { get; } = Gen.Frequency(
        (5,
            from key in Bytes()
            from value in Bytes()
            from isNull in Gen.Elements(true, false)
            from moments in Gen.Three(Moment())
            from tags in Tags()
            select Put(key, isNull ? [] : value, isNull, moments.Item1, moments.Item2, moments.Item2 == 0 ? 0 : Math.Max(1, moments.Item3), tags)),
        (1,
            from kind in Gen.Elements(RecordKind.RemoveTag, RecordKind.RemovePrefix, RecordKind.RemovePattern)
            from text in Tag()
            select Removal(kind, text)),
        (2, HeaderFields.Word.Select(Remove)),
        (1, Gen.Constant(Clear)));

    private static SampleRecord Clear => new(RecordKind.Clear, 0, default, [], [], []);

    public byte[] ToBytes()
    {
        byte[] bytes;
        switch (Kind)
        {
            case RecordKind.Put:
                bytes = new byte[PutHeader.MaxLength];
                return [.. bytes[..Header.Write(bytes)], .. Key, .. Value, .. Text];
            case RecordKind.Remove:
                bytes = new byte[RecordBytes.RemoveLength];
                RecordBytes.WriteRemove(bytes, KeyDigest);
                return bytes;
            case RecordKind.Clear:
                bytes = new byte[RecordBytes.ClearLength];
                RecordBytes.WriteClear(bytes);
                return bytes;
            default:
                return RecordBytes.OfRemoval(Kind, TextBytes.Read(Text)).WrittenSpan.ToArray();
        }
    }

    public void AssertIs(in RecordView record)
    {
        Assert.Equal(Kind, record.Kind);
        Assert.Equal(KeyDigest, record.KeyDigest);
        Assert.Equal(Header, record.Header);
        Assert.Equal(Key, record.Key);
        Assert.Equal(Value, record.Value);
        Assert.Equal(Text, record.Text);
    }

    private static SampleRecord Remove(ulong digest) => new(RecordKind.Remove, digest, default, [], [], []);

    private static SampleRecord Removal(RecordKind kind, string text) => new(kind, 0, default, [], [], BytesOf(text));

    private static SampleRecord Put(
        byte[] key, byte[] value, bool isNull, long deadline, long idleLimit, long idleEnd, params string[] tags)
    {
        byte[] list = [.. tags.Select(BytesOf).SelectMany(static tag => (byte[])[(byte)tag.Length, .. tag])];
        return new(
            RecordKind.Put,
            FastCache.Persistence.Format.KeyDigest.Of(key),
            new PutHeader(key.Length, value.Length, isNull, deadline, idleLimit, idleEnd) { TagsLength = list.Length },
            key,
            value,
            list);
    }

    private static byte[] BytesOf(string text)
    {
        byte[] bytes = new byte[TextBytes.MaxLengthOf(text)];
        return bytes[..TextBytes.Write(text, bytes)];
    }

    private static Gen<string> Tag() => Gen.Elements("a", "tag", "users:*", "\u00e9\u4e2d", "\udc00x");

    private static Gen<string[]> Tags() => Gen.Choose(0, 3).SelectMany(static count => Gen.ArrayOf(Tag(), count));

    private static Gen<byte[]> Bytes()
        => from length in Gen.Frequency((4, Gen.Choose(0, 40)), (1, Gen.Choose(126, 130)), (1, Gen.Choose(16_380, 16_390)))
           from value in Gen.Choose(0, byte.MaxValue)
           select Enumerable.Repeat((byte)value, length).ToArray();

    private static Gen<long> Moment()
        => Gen.Frequency((1, Gen.Elements(0, 1, long.MaxValue)), (1, HeaderFields.Word.Select(static word => (long)(word >> 1))));
}
