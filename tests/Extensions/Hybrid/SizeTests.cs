using FastCache.Extensions;
using FastCache.Extensions.Hybrid;
using FastCache.Tests.Extensions.TestTypes;
using Microsoft.Extensions.Caching.Hybrid;
using Xunit;

namespace FastCache.Tests.Extensions.Hybrid;

public sealed class SizeTests
{
    private const int Overhead = 100;

    [Fact]
    public async Task Entries_weigh_their_bytes_or_what_is_known_of_the_object()
    {
        await using var test = new TestHybridCache(configure: static options => options.SizeLimit = 1 << 20);

        Assert.Equal(Overhead + 2 + 1_000, await WeightOfAsync(test, "a", new byte[1_000]));
        Assert.Equal(Overhead + 2 + 2_000, await WeightOfAsync(test, "b", new string('x', 1_000)));
        Assert.Equal(Overhead + 20 + 8, await WeightOfAsync(test, "long key 1", 1L));
        Assert.Equal(Overhead + 2 + 64, await WeightOfAsync(test, "c", new Ticket("A1")));
        Assert.Equal(Overhead + 2, await WeightOfAsync<string?>(test, "d", null));
    }

    [Fact]
    public async Task The_limit_holds_and_what_is_too_large_is_returned_and_not_kept()
    {
        await using var test = new TestHybridCache(configure: static options => options.SizeLimit = 10_000);

        for (int i = 0; i < 100; i++)
        {
            await test.GetAsync($"{i}", new byte[1_000]);
            Assert.InRange(test.Cache.Statistics.Weight, 0, 10_000);
        }

        Assert.Equal(20_000, (await test.GetAsync("large", new byte[20_000])).Length);
        Assert.Equal(2, (await test.GetAsync("large", new byte[2])).Length);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_payload_above_the_limit_is_returned_and_not_kept_as_bytes(bool buffers)
    {
        (TestHybridCache test, ScriptedSecondLevel second) = TestHybridCache.WithSecond(
            static options => options.Hybrid.MaximumPayloadBytes = 100, buffers: buffers);
        await using (test)
        {
            var large = new Basket { Owner = new string('x', 200) };
            string text = new('x', 101);

            Assert.Same(large, await test.GetAsync("mutable", large));
            Assert.Equal("", (await test.GetAsync("mutable", new Basket())).Owner);
            Assert.Same(text, await test.GetAsync("shared", text));
            Assert.Same(text, await test.FindAsync<string>("shared"));
            Assert.Equal(100, (await test.GetAsync("fits", new string('y', 100))).Length);

            Assert.Null(second["shared"]);
            Assert.NotNull(second["fits"]);
            Assert.Equal([2308, 2308], test.Logged);
            test.AssertAtRest();
        }
    }

    [Fact]
    public async Task Setting_a_payload_above_the_limit_takes_away_what_was_there()
    {
        (TestHybridCache test, ScriptedSecondLevel second) = TestHybridCache.WithSecond(static options => options.Hybrid.MaximumPayloadBytes = 100);
        await using (test)
        {
            await test.Cache.SetAsync("mutable", new byte[1]);
            await test.Cache.SetAsync("shared", "before");

            await test.Cache.SetAsync("mutable", new byte[200]);
            await test.Cache.SetAsync("shared", new string('x', 200));

            Assert.Equal(2, (await test.GetAsync("mutable", new byte[2])).Length);
            Assert.Equal(200, (await test.FindAsync<string>("shared")).Length);
            Assert.Null(second["shared"]);
            test.AssertAtRest();
        }
    }

    [Fact]
    public void A_writer_gives_room_and_keeps_to_its_limit()
    {
        var pool = new CountingPool();
        using (var bytes = new PooledBytes(pool))
        {
            bytes.GetSpan(10)[0] = 1;
            bytes.Advance(1);
            bytes.Limit(2_000);
            Assert.True(bytes.GetMemory(1_500).Length >= 1_500);
            bytes.GetSpan(1_500)[..1_500].Fill(7);
            bytes.Advance(1_500);
            Assert.Equal([1, 7, 7], bytes.Span[..3].ToArray());
            Assert.Throws<ArgumentOutOfRangeException>(() => bytes.Advance(-1));
            Assert.Throws<ArgumentOutOfRangeException>(() => bytes.Advance(1_000_000));
            bytes.GetSpan(501);
            Assert.False(bytes.IsOverLimit);
            Assert.Throws<InvalidOperationException>(() => bytes.Advance(501));
            Assert.True(bytes.IsOverLimit);
            Assert.Equal(1_501, bytes.Length);
            Assert.Equal(1, pool.Rented);
        }

        Assert.Equal(0, pool.Rented);
    }

    private static async Task<long> WeightOfAsync<T>(TestHybridCache test, string key, T value)
    {
        long before = test.Cache.Statistics.Weight;
        await test.Cache.SetAsync(key, value);
        return test.Cache.Statistics.Weight - before;
    }
}
