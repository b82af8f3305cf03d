using FastCache.Persistence.Format;
using FastCache.Tests.Persistence.Simulation;
using FastCache.Tests.Persistence.TestTypes;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace FastCache.Tests.Persistence.Format;

public sealed class RecordReaderTests
{
    [Fact]
    public void Every_block_of_records_is_read_as_it_was_written()
        => Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Arb.From(SampleRecord.Generator.ListOf()), static records =>
        {
            byte[] block = [.. records.SelectMany(static record => record.ToBytes())];
            var reader = new RecordReader(block);
            foreach (SampleRecord expected in records)
            {
                int position = reader.Position;
                Assert.False(reader.IsAtEnd);
                Assert.True(reader.TrySkip());
                int end = reader.Position;
                reader.Position = position;
                Assert.True(reader.TryRead(out RecordView record));
                Assert.Equal(end, reader.Position);
                expected.AssertIs(record);
            }

            Assert.True(reader.IsAtEnd);
            Assert.False(reader.TryRead(out _));
        }));

    [Fact]
    public void A_record_of_which_anything_is_missing_is_refused_and_nothing_beyond_it_is_read()
    {
        GuardedMemory.SkipWhereThereIsNone();
        using var memory = new GuardedMemory(4096);
        foreach (SampleRecord record in SampleRecord.OfEachKind)
        {
            byte[] bytes = record.ToBytes();
            for (int length = 0; length < bytes.Length; length++)
            {
                Span<byte> part = memory.AtEnd(length);
                bytes.AsSpan(0, length).CopyTo(part);
                var reader = new RecordReader(part);
                Assert.False(reader.TryRead(out _), $"{length} of {Convert.ToHexString(bytes)}");
            }
        }
    }

    [Fact]
    public void Random_bytes_are_read_or_refused_but_never_beyond_their_end()
    {
        GuardedMemory.SkipWhereThereIsNone();
        using var memory = new GuardedMemory(4096);
        var random = new SplitMix(seed: 6);
        int read = 0;
        for (int round = 0; round < 200_000; round++)
        {
            Span<byte> block = memory.AtEnd(random.Next(80));
            random.Fill(block);
            if (!block.IsEmpty && round % 2 == 0)
            {
                // Half of them begin as a put with short lengths, so as to come further.
                block[0] = (byte)((block[0] & 0xB0) | (byte)RecordKind.Put);
                block[^1] &= 0x1F;
                block[Math.Min(1, block.Length - 1)] &= 0x1F;
            }

            var reader = new RecordReader(block);
            while (reader.TryRead(out RecordView record))
            {
                read++;
                Assert.True(record.Key.IsEmpty || block.Overlaps(record.Key));
                Assert.True(record.Value.IsEmpty || block.Overlaps(record.Value));
            }

            Assert.InRange(reader.Position, 0, block.Length);
        }

        Assert.True(read > 1_000, $"{read}");
    }

    [Fact]
    public void Kinds_that_there_are_not_yet_are_refused()
    {
        byte[] known = [(byte)RecordKind.Put, (byte)RecordKind.Remove, (byte)RecordKind.Clear, (byte)RecordKind.RemoveTag, (byte)RecordKind.RemovePrefix, (byte)RecordKind.RemovePattern];
        for (int kind = 0; kind < 16; kind++)
        {
            // One letter, where letters follow.
            byte[] block = [(byte)kind, 1, .. new byte[62]];
            Assert.Equal(known.Contains((byte)kind), new RecordReader(block).TryRead(out _));
        }
    }

    [Fact]
    public void Flags_that_there_are_not_yet_are_refused()
    {
        for (int flags = 0; flags < 16; flags++)
        {
            int moments = ((flags & 1) * sizeof(long)) + ((flags & 2) * sizeof(long));
            Assert.True(IsRead(RecordKind.Put, [0, 0, .. Enumerable.Repeat((byte)1, moments), 2, 1, (byte)'a']));
            Assert.Equal(flags == 0, IsRead(RecordKind.Remove, new byte[8]));
            Assert.Equal(flags == 0, IsRead(RecordKind.Clear, []));
            Assert.All(
                [RecordKind.RemoveTag, RecordKind.RemovePrefix, RecordKind.RemovePattern],
                kind => Assert.Equal(flags == 0, IsRead(kind, [1, (byte)'a'])));

            bool IsRead(RecordKind kind, byte[] rest)
                => new RecordReader([(byte)((byte)kind | (flags << 4)), .. rest]).TryRead(out _);
        }
    }

    [Theory]
    [InlineData(RecordKind.RemoveTag, "tag", "04 03 746167")]
    [InlineData(RecordKind.RemovePrefix, "", "05 00")]
    [InlineData(RecordKind.RemovePrefix, "\u00e9", "05 02 C3A9")]
    [InlineData(RecordKind.RemovePattern, "a:*", "06 03 613A2A")]
    internal void What_removes_many_values_is_written_as_the_format_says(RecordKind kind, string text, string hex)
        => Assert.Equal(
            hex.Replace(" ", "", StringComparison.Ordinal), Convert.ToHexString(RecordBytes.OfRemoval(kind, text).WrittenSpan));

    [Theory]
    [InlineData("tags of no length", 0)]
    [InlineData("a tag of no length", 1, 0)]
    [InlineData("a tag that goes beyond the tags", 2, 2, 0x61)]
    [InlineData("tags that go beyond the block", 4, 1, 0x61)]
    [InlineData("a length of more than 32 bits", 7, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F, 1, 0x61)]
    [InlineData("a tag that is no text", 2, 1, 0xC3)]
    [InlineData("half a character of UTF-16", 3, 2, 0xFF, 0x00)]
    public void Tags_that_no_writer_writes_are_refused(string what, params int[] list)
    {
        byte[] block = [(byte)RecordKind.Put | (byte)RecordFlags.Tags, 0, 0, .. list.Select(static number => (byte)number)];
        Assert.False(new RecordReader(block).TryRead(out _), what);
    }

    [Theory]
    [InlineData(RecordKind.RemoveTag, "no tag", 0)]
    [InlineData(RecordKind.RemovePattern, "no pattern", 0)]
    [InlineData(RecordKind.RemovePattern, "a star that is a part", 2, 0x61, 0x2A)]
    [InlineData(RecordKind.RemovePrefix, "no text", 1, 0xC3)]
    [InlineData(RecordKind.RemoveTag, "more than the block", 2, 0x61)]
    internal void Removals_that_no_writer_writes_are_refused(RecordKind kind, string what, params int[] text)
    {
        byte[] block = [(byte)kind, .. text.Select(static number => (byte)number)];
        Assert.False(new RecordReader(block).TryRead(out _), what);
    }

    [Theory]
    [InlineData((int)RecordFlags.Deadline, 0)]
    [InlineData((int)RecordFlags.IdleLimit, 0)]
    [InlineData((int)RecordFlags.IdleLimit, 1)]
    public void A_moment_or_a_time_that_is_not_positive_is_refused(int flag, int which)
    {
        foreach (long moment in (long[])[1, long.MaxValue, 0, -1, long.MinValue])
        {
            byte[] block = new byte[3 + (2 * sizeof(long))];
            block[0] = (byte)((byte)RecordKind.Put | flag);
            block[3] = block[3 + sizeof(long)] = 1;
            BitConverter.TryWriteBytes(block.AsSpan(3 + (which * sizeof(long))), moment);
            Assert.Equal(moment > 0, new RecordReader(block).TryRead(out _));
        }
    }

    [Theory]
    [InlineData("01 FFFFFFFF0F FFFFFFFF0F")]
    [InlineData("01 FFFFFFFF0F 01")]
    [InlineData("01 01 FFFFFFFF0F 61")]
    [InlineData("01 8080808008 8080808008 61")]
    [InlineData("01 FFFFFFFF07 01 00")]
    [InlineData("01 01 FFFFFFFF07 00")]
    [InlineData("01 02 00 61")]
    [InlineData("01 01 01 61")]
    public void Lengths_beyond_the_end_are_refused(string hex)
        => Assert.False(new RecordReader(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal))).TryRead(out _));
}
