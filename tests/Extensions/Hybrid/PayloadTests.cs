using System.Buffers;
using FastCache.Extensions.Hybrid;
using FastCache.Tests.Extensions.TestTypes;
using Bytes = FastCache.Tests.Extensions.TestTypes.Payload;
using Payload = FastCache.Extensions.Hybrid.Payload;
using Xunit;

namespace FastCache.Tests.Extensions.Hybrid;

public sealed class PayloadTests
{
    private static readonly uint Seed = Payload.SeedOf("key", typeof(string));

    [Theory]
    [InlineData("", 0, false)]
    [InlineData("red", 1, false)]
    [InlineData("red,größer,鍵", 5_000, false)]
    [InlineData("red", 0, true)]
    public void What_was_written_is_read(string tags, int size, bool isNull)
    {
        var pool = new CountingPool();
        var header = new PayloadHeader(123, 456, tags.Split(',', StringSplitOptions.RemoveEmptyEntries), isNull);
        byte[] value = Bytes.Of(size);

        byte[] bytes = Write(pool, header, value);

        Assert.True(Payload.TryRead(bytes, Seed, out PayloadHeader read, out ReadOnlySequence<byte> found));
        Assert.Equal((header.Stamp, header.ExpiresAt, header.IsNull), (read.Stamp, read.ExpiresAt, read.IsNull));
        Assert.Equal(header.Tags, read.Tags);
        Assert.Equal(value, found.ToArray());
        Assert.Equal(0, pool.Rented);
    }

    [Fact]
    public void No_bit_can_change_and_no_byte_be_lost_or_added()
    {
        byte[] bytes = Write(new CountingPool(), new PayloadHeader(123, 456, ["red", "blue"], IsNull: false), [1, 2, 3, 4, 5]);

        for (int bit = 0; bit < bytes.Length * 8; bit++)
        {
            byte[] damaged = [.. bytes];
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(CanRead(damaged));
        }

        for (int length = 0; length < bytes.Length; length++)
        {
            Assert.False(CanRead(bytes[..length]));
        }

        Assert.False(CanRead([.. bytes, 0]));
        Assert.True(CanRead(bytes));
    }

    [Fact]
    public void A_payload_of_another_key_or_type_is_not_read()
    {
        byte[] bytes = Write(new CountingPool(), new PayloadHeader(1, 2, [], IsNull: false), [1]);

        Assert.False(Payload.TryRead(bytes, Payload.SeedOf("other", typeof(string)), out _, out _));
        Assert.False(Payload.TryRead(bytes, Payload.SeedOf("key", typeof(byte[])), out _, out _));
    }

    [Fact]
    public void Gibberish_is_not_read()
    {
        const int ArbitrarySeed = 4711;
        var random = new Random(ArbitrarySeed);
        for (int i = 0; i < 1_000; i++)
        {
            byte[] gibberish = new byte[random.Next(200)];
            random.NextBytes(gibberish);
            Assert.False(CanRead(gibberish));
        }
    }

    [Fact]
    public async Task Whatever_the_second_level_has_is_no_reason_to_fail()
    {
        (TestHybridCache test, ScriptedSecondLevel second) = TestHybridCache.WithSecond();
        await using (test)
        {
            await test.GetAsync("good", "value", null, "red");
            byte[] good = second["good"]!;
            byte[][] bad = [[], [1], good[..^1], [.. good, 1], [.. good.Reverse()], "{\"a\":1}"u8.ToArray(), new byte[2 << 20], good];
            for (int i = 0; i < bad.Length; i++)
            {
                second[$"bad{i}"] = bad[i];
                Assert.Equal(i, await test.GetAsync($"bad{i}", i));
            }

            Assert.Equal(bad.Length - 1, test.Cache.SecondLevelStatistics.RejectedPayloads);
            Assert.Equal(1, test.Cache.SecondLevelStatistics.ReadFailures);
            Assert.Equal(bad.Length - 1, test.Logged.Count(static id => id == 2305));
            Assert.DoesNotContain(test.Logger.Entries, static entry => entry.Message.Contains("bad", StringComparison.Ordinal));
            test.AssertAtRest();
        }
    }

    private static bool CanRead(byte[] bytes) => Payload.TryRead(bytes, Seed, out _, out _);

    private static byte[] Write(CountingPool pool, in PayloadHeader header, byte[] value)
    {
        using var target = new PooledBytes(pool);
        Payload.WriteHeader(target, header);
        target.Write(value);
        Payload.WriteChecksum(target, Seed);
        return target.Span.ToArray();
    }
}
