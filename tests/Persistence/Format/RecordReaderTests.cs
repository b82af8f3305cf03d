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
        byte[] known = [(byte)RecordKind.Put, (byte)RecordKind.Remove, (byte)RecordKind.Clear];
        for (int kind = 0; kind < 16; kind++)
        {
            byte[] block = new byte[64];
            block[0] = (byte)kind;
            Assert.Equal(known.Contains((byte)kind), new RecordReader(block).TryRead(out _));
        }
    }

    [Fact]
    public void Flags_that_there_are_not_yet_are_refused()
    {
        for (int flags = 0; flags < 16; flags++)
        {
            byte[] block = new byte[64];
            block.AsSpan(3).Fill(1);
            Assert.Equal(((RecordFlags)(flags << 4) & RecordFlags.Tags) == 0, IsRead(RecordKind.Put));
            Assert.Equal(flags == 0, IsRead(RecordKind.Remove));
            Assert.Equal(flags == 0, IsRead(RecordKind.Clear));

            bool IsRead(RecordKind kind)
            {
                block[0] = (byte)((byte)kind | (flags << 4));
                return new RecordReader(block).TryRead(out _);
            }
        }
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
