using System.Buffers.Binary;
using FastCache.Persistence.Format;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace FastCache.Tests.Persistence.Format;

public sealed class StopMarkTests
{
    private static readonly StopMark Sample = new(0x0102_0304_0506_0708, 0x1112_1314_1516_1718);

    [Fact]
    public void Every_mark_is_read_as_it_was_written()
        => Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Arb.From(Gen.Two(HeaderFields.Word)), static fields =>
        {
            var mark = new StopMark(fields.Item1, fields.Item2);
            Assert.True(StopMark.TryRead(Written(mark), out StopMark read));
            Assert.Equal(mark, read);
        }));

    [Fact]
    public void Each_field_is_where_the_format_says()
    {
        byte[] bytes = Written(Sample);

        Assert.Equal("FCSCLEAN"u8, bytes.AsSpan(0, 8));
        Assert.Equal(Sample.LogId, BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(8)));
        Assert.Equal(Sample.LastSequence, BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(16)));
        Assert.Equal(BitwiseCrc32C.Compute(0, bytes.AsSpan(0, 24)), BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(24)));
    }

    [Fact]
    public void A_mark_with_any_bit_changed_is_refused()
    {
        byte[] bytes = Written(Sample);
        Bits.ForEachFlipped(bytes, bit => Assert.False(StopMark.TryRead(bytes, out _), $"bit {bit}"));
    }

    [Fact]
    public void A_mark_that_is_longer_or_shorter_is_refused()
    {
        byte[] bytes = [.. Written(Sample), 0];
        for (int length = 0; length <= bytes.Length; length++)
        {
            Assert.Equal(length == StopMark.Length, StopMark.TryRead(bytes.AsSpan(0, length), out _));
        }
    }

    private static byte[] Written(in StopMark mark)
    {
        byte[] bytes = new byte[StopMark.Length];
        mark.Write(bytes);
        return bytes;
    }
}
