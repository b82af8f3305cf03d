using FastCache.Tests.Extensions.TestTypes;
using FastCache.Tests.Unit.TestTypes;
using Microsoft.Extensions.Caching.Hybrid;
using Xunit;

namespace FastCache.Tests.Extensions.Hybrid;

public sealed class HitTests
{
    private static readonly Func<int, CancellationToken, ValueTask<string>> Make = static (state, _) => new ValueTask<string>($"made {state}");

    [Fact]
    public async Task A_value_is_made_once_and_then_found_by_string_by_characters_and_by_interpolation()
    {
        await using var test = new TestHybridCache();

        string made = await test.Cache.GetOrCreateAsync("key7", 1, Make);

        Assert.Equal("made 1", made);
        Assert.Same(made, await test.Cache.GetOrCreateAsync("key7", 2, Make));
        Assert.Same(made, await test.Cache.GetOrCreateAsync("a key7".AsSpan(2), 2, Make));
        Assert.Same(made, await test.Cache.GetOrCreateAsync($"key{3 + 4}", 2, Make));
        Assert.Same(made, await test.Cache.GetOrCreateAsync("key7", static _ => new ValueTask<string>("other")));
        Assert.Equal("made 3", await test.Cache.GetOrCreateAsync("key8".AsSpan(), 3, Make));
        Assert.Equal("made 3", await test.Cache.GetOrCreateAsync("key8", 4, Make));
    }

    [Fact]
    public void A_hit_completes_at_once_and_allocates_nothing()
    {
        using var cache = new FastCache.Extensions.FastCacheHybridCache(new FastCache.Extensions.FastCacheOptions());
        Assert.Equal("made 0", Result(cache.GetOrCreateAsync("text", 0, Make)));
        Assert.Equal(42L, Result(cache.GetOrCreateAsync("number", 1, static (_, _) => new ValueTask<long>(42))));
        Assert.Equal("A1", Result(cache.GetOrCreateAsync("ticket", 1, static (_, _) => new ValueTask<Ticket>(new Ticket("A1")))).Number);

        Assert.Equal(0, Allocations.Of(_ => Check(Result(cache.GetOrCreateAsync("text", 1, Make)) == "made 0")));
        Assert.Equal(0, Allocations.Of(_ => Check(Result(cache.GetOrCreateAsync("a text".AsSpan(2), 1, Make)) == "made 0")));
        Assert.Equal(0, Allocations.Of(_ => Check(Result(cache.GetOrCreateAsync("number", 1, static (_, _) => new ValueTask<long>(1))) == 42)));
        Assert.Equal(0, Allocations.Of(
            _ => Check(Result(cache.GetOrCreateAsync("ticket", 1, static (_, _) => new ValueTask<Ticket>(default(Ticket)!))).Number == "A1")));
    }

    [Fact]
    public async Task A_hit_beside_a_second_level_allocates_nothing_either_and_asks_it_nothing()
    {
        (TestHybridCache test, ScriptedSecondLevel second) = TestHybridCache.WithSecond();
        await using (test)
        {
            await test.GetAsync("key", "value", null, "tag");
            await test.FindAsync<string>("key");
            int reads = second.Reads + second.TagReads;

            Assert.Equal(0, Allocations.Of(_ => Check(Result(test.Cache.GetOrCreateAsync("key", 1, Make)) == "value")));
            Assert.Equal(reads, second.Reads + second.TagReads);
        }
    }

    [Fact]
    public async Task Each_caller_gets_a_copy_of_his_own_of_what_can_be_changed()
    {
        await using var test = new TestHybridCache();
        var original = new Basket { Owner = "Ada", Items = [1] };

        Basket made = await test.GetAsync("key", original);
        made.Items.Add(2);
        original.Items.Add(3);
        Basket first = await test.FindAsync<Basket>("key");
        first.Items.Add(4);
        byte[] bytes = await test.GetAsync("bytes", new byte[] { 1, 2 });
        bytes[0] = 9;

        Assert.Equal([1], (await test.FindAsync<Basket>("key")).Items);
        Assert.Equal("Ada", first.Owner);
        Assert.Equal([1, 2], await test.FindAsync<byte[]>("bytes"));
    }

    [Fact]
    public async Task What_cannot_be_changed_is_kept_as_it_is_and_never_serialized_without_a_second_level()
    {
        await using var test = new TestHybridCache();
        var ticket = new Ticket("A1");

        Assert.Same(ticket, await test.GetAsync("ticket", ticket));
        Assert.Same(ticket, await test.FindAsync<Ticket>("ticket"));
        Assert.Equal((1, 'x'), await test.GetAsync("pair", (1, 'x')));
        Assert.Equal(0, test.Pool.Total);
    }

    [Fact]
    public async Task Null_is_a_value()
    {
        (TestHybridCache test, ScriptedSecondLevel second) = TestHybridCache.WithSecond();
        await using (test)
        {
            Assert.Null(await test.GetAsync<string?>("text", null));
            Assert.Null(await test.GetAsync<Basket?>("basket", null));
            Assert.Null(await test.FindAsync<string?>("text"));
            await using var other = new TestHybridCache(second, test.Time);

            Assert.Null(await other.FindAsync<string?>("text"));
            Assert.Null(await other.FindAsync<Basket?>("basket"));
            Assert.Null(await test.GetAsync<int?>("number", null));
            Assert.Null(await other.FindAsync<int?>("number"));
        }
    }

    [Fact]
    public async Task A_value_that_is_set_is_found_and_one_that_is_removed_is_not()
    {
        await using var test = new TestHybridCache();
        await test.Cache.SetAsync("key", "first");
        await test.Cache.SetAsync("key", "second");
        Assert.Equal("second", await test.FindAsync<string>("key"));

        await test.Cache.RemoveAsync("key");
        await test.Cache.RemoveAsync("absent");
        Assert.Equal("third", await test.GetAsync("key", "third"));

        await test.Cache.RemoveAsync(["key", "absent"]);
        await test.Cache.RemoveAsync([]);
        await test.Cache.RemoveAsync((IEnumerable<string>)null!);
        Assert.Equal("fourth", await test.GetAsync("key", "fourth"));
        test.AssertAtRest();
    }

    [Fact]
    public async Task Hits_and_misses_are_counted_once_each()
    {
        await using var test = new TestHybridCache();

        await test.Cache.GetOrCreateAsync("key", 1, Make);
        await test.Cache.GetOrCreateAsync("key", 1, Make);
        await test.Cache.GetOrCreateAsync("other".AsSpan(), 1, Make);
        await test.Cache.GetOrCreateAsync("other".AsSpan(), 1, Make);

        Assert.Equal((2, 2), (test.Cache.Statistics.Hits, test.Cache.Statistics.Misses));
    }

    [Fact]
    public async Task A_call_without_a_factory_is_refused()
    {
        await using var test = new TestHybridCache();

        Assert.Throws<ArgumentNullException>(() => Forget(test.Cache.GetOrCreateAsync<int, int>("key", 1, null!)));
        Assert.Throws<ArgumentNullException>(() => Forget(test.Cache.GetOrCreateAsync<int, int>("key".AsSpan(), 1, null!)));
    }

    private static T Result<T>(ValueTask<T> completed)
        => completed.IsCompletedSuccessfully ? completed.Result : throw new InvalidOperationException("It was not complete.");

    // What xunit has for it allocates.
    private static void Check(bool holds)
    {
        if (!holds)
        {
            throw new InvalidOperationException("It was another value.");
        }
    }

    private static void Forget<T>(ValueTask<T> call) => _ = call.AsTask();
}
