using FastCache.Tests.Extensions.TestTypes;
using FastCache.Tests.Unit.TestTypes;
using Microsoft.Extensions.Caching.Hybrid;
using Xunit;

namespace FastCache.Tests.Extensions.Hybrid;

public sealed class SecondLevelTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_one_process_has_made_another_finds(bool buffers)
    {
        (TestHybridCache one, ScriptedSecondLevel second) = TestHybridCache.WithSecond(buffers: buffers);
        await using (one)
        {
            await using var other = new TestHybridCache(second, one.Time);
            var ticket = new Ticket("A1");

            await one.GetAsync("text", "größer", null, "a", "b");
            await one.Cache.SetAsync("number", 42);
            await one.Cache.SetAsync("bytes", new byte[] { 1, 2, 3 });
            await one.Cache.SetAsync("basket", new Basket { Owner = "Ada", Items = [1, 2] });
            await one.Cache.SetAsync("ticket", ticket);
            await one.Cache.SetAsync("empty", "");

            Assert.Equal("größer", await other.FindAsync<string>("text"));
            Assert.Equal(42, await other.FindAsync<int>("number"));
            Assert.Equal([1, 2, 3], await other.FindAsync<byte[]>("bytes"));
            Assert.Equal([1, 2], (await other.FindAsync<Basket>("basket")).Items);
            Assert.NotSame(await other.FindAsync<Basket>("basket"), await other.FindAsync<Basket>("basket"));
            Assert.Same(await other.FindAsync<Ticket>("ticket"), await other.FindAsync<Ticket>("ticket"));
            Assert.Equal("A1", (await other.FindAsync<Ticket>("ticket")).Number);
            Assert.Equal("", await other.FindAsync<string>("empty"));
            Assert.Equal(6, other.Cache.SecondLevelStatistics.Hits);
            one.AssertAtRest();
            other.AssertAtRest();
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_is_read_and_written_once_for_a_value_that_nobody_has(bool buffers)
    {
        (TestHybridCache test, ScriptedSecondLevel second) = TestHybridCache.WithSecond(buffers: buffers);
        await using (test)
        {
            for (int i = 0; i < 5; i++)
            {
                await test.GetAsync("key", new Basket());
            }

            Assert.Equal((1, 1, 0), (second.Reads, second.Writes, second.Removals));
            await test.Cache.SetAsync("key", new Basket());
            Assert.Equal((1, 2, 0), (second.Reads, second.Writes, second.Removals));
            await test.Cache.RemoveAsync("key");
            Assert.Equal((1, 2, 1), (second.Reads, second.Writes, second.Removals));
            test.AssertAtRest();
        }
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task Callers_do_not_wait_until_a_loaded_value_is_written()
    {
        (TestHybridCache test, ScriptedSecondLevel second) = TestHybridCache.WithSecond();
        await using (test)
        {
            var writing = new TaskCompletionSource();
            second.OnWrite = (_, _) => writing.Task;

            Assert.Equal("value", await test.GetAsync("key", "value"));
            Assert.Equal("value", await test.FindAsync<string>("key"));
            Assert.Equal(1, test.Pool.Rented);
            writing.SetResult();

            Wait.Until(() => test.Pool.Rented == 0 && test.Cache.BusyKeys == 0);
            Assert.NotNull(second["key"]);
        }
    }

    [Fact]
    public async Task Keys_have_the_prefix_of_the_settings_there()
    {
        (TestHybridCache test, ScriptedSecondLevel second) = TestHybridCache.WithSecond(static options => options.KeyPrefix = "shop:");
        await using (test)
        {
            await test.GetAsync("key", 1, null, "red");
            await test.Cache.RemoveByTagAsync("red");
            Assert.Equal(["shop:__FastCache:tag:red", "shop:key"], second.Keys.Order(StringComparer.Ordinal));

            await test.Cache.RemoveAsync("key");
            Assert.Null(second["shop:key"]);
        }
    }

    [Fact]
    public async Task A_value_of_another_type_counts_as_absent_and_is_replaced()
    {
        (TestHybridCache one, ScriptedSecondLevel second) = TestHybridCache.WithSecond();
        await using (one)
        {
            await using var other = new TestHybridCache(second, one.Time);
            await one.GetAsync("key", "7");

            Assert.Equal(8, await one.GetAsync("key", 8));
            Assert.Equal(8, await one.FindAsync<int>("key"));
            Assert.Equal(9L, await other.GetAsync("key", 9L));
            Assert.Equal(1, other.Cache.SecondLevelStatistics.RejectedPayloads);
            Assert.Equal(9L, await other.FindAsync<long>("key"));
        }
    }

    [Fact]
    public async Task A_value_of_another_type_in_the_process_counts_as_absent_and_is_replaced()
    {
        await using var test = new TestHybridCache();
        await test.GetAsync("key", "7");
        await test.GetAsync("bytes", new byte[] { 1 });

        Assert.Equal(8, await test.GetAsync("key", 8));
        Assert.Equal(8, await test.FindAsync<int>("key"));
        Assert.Equal("text", await test.GetAsync("bytes", "text"));
        Assert.Equal("text", await test.FindAsync<string>("bytes"));
        Assert.Equal(0, await test.FindAsync<int>("bytes", TestHybridCache.With(HybridCacheEntryFlags.DisableUnderlyingData)));
    }
}
