using System.Buffers;
using FastCache.Extensions;
using FastCache.Persistence;
using FastCache.Tests.Extensions.TestTypes;
using FastCache.Tests.Unit.TestTypes;
using Microsoft.Extensions.Caching.Distributed;
using Xunit;

namespace FastCache.Tests.Extensions.Distributed;

public sealed class DistributedCacheTests : IDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly DistributedCacheEntryOptions Plain = new();

    private readonly ManualTimeProvider _time = new();
    private readonly Cache<string, byte[]> _cache;
    private readonly IBufferDistributedCache _facade;

    public DistributedCacheTests()
    {
        _cache = new Cache<string, byte[]>(new CacheOptions<string, byte[]> { Capacity = 1_000, TimeProvider = _time, PreciseExpiry = true });
        _facade = new FastCacheDistributedCache(_cache);
    }

    public static TheoryData<int> Sizes => [0, 1, 100, 20_000];

    public static MatrixTheoryData<int, string> Sequences => new([0, 1, 100, 20_000], ["array", "padded", "memory", "parts"]);

    public void Dispose() => _cache.Dispose();

    [Fact]
    public async Task An_absent_key_has_no_value()
    {
        var destination = new ArrayBufferWriter<byte>();

        Assert.Null(_facade.Get("absent"));
        Assert.Null(await _facade.GetAsync("absent"));
        Assert.False(_facade.TryGet("absent", destination));
        Assert.False(await _facade.TryGetAsync("absent", destination));
        Assert.Equal(0, destination.WrittenCount);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task What_was_set_is_got_back(int size)
    {
        byte[] value = Payload.Of(size);

        _facade.Set("sync", value, Plain);
        await _facade.SetAsync("async", value, Plain);

        foreach (string key in new[] { "sync", "async" })
        {
            Assert.Equal(value, _facade.Get(key));
            Assert.Equal(value, await _facade.GetAsync(key));
        }
    }

    [Theory]
    [MemberData(nameof(Sequences))]
    public async Task What_was_set_from_a_sequence_is_written_to_a_buffer(int size, string form)
    {
        byte[] value = Payload.Of(size);
        var destination = new ArrayBufferWriter<byte>();
        var again = new ArrayBufferWriter<byte>();
        var steps = new SmallSteps();

        _facade.Set("sync", Payload.Sequence(value, form), Plain);
        await _facade.SetAsync("async", Payload.Sequence(value, form), Plain);

        Assert.True(_facade.TryGet("async", destination));
        Assert.True(await _facade.TryGetAsync("sync", again));
        Assert.True(_facade.TryGet("sync", steps));
        Assert.Equal(value, destination.WrittenSpan);
        Assert.Equal(value, again.WrittenSpan);
        Assert.Equal(value, steps.Written);
    }

    [Fact]
    public void A_writer_is_written_to_behind_what_it_has()
    {
        _facade.Set("key", [3, 4], Plain);
        var destination = new ArrayBufferWriter<byte>();
        destination.Write<byte>([1, 2]);

        Assert.True(_facade.TryGet("key", destination));

        Assert.Equal([1, 2, 3, 4], destination.WrittenSpan.ToArray());
    }

    [Fact]
    public async Task What_a_caller_does_with_his_bytes_changes_nothing()
    {
        byte[] array = [1, 2, 3];
        byte[] second = [1, 2, 3];
        byte[] third = [1, 2, 3];
        _facade.Set("array", array, Plain);
        _facade.Set("sequence", new ReadOnlySequence<byte>(second), Plain);
        await _facade.SetAsync("async", third, Plain);
        (array[0], second[0], third[0]) = (9, 9, 9);

        foreach (string key in new[] { "array", "sequence", "async" })
        {
            _facade.Get(key)![1] = 9;
            (await _facade.GetAsync(key))![1] = 9;
            Assert.Equal([1, 2, 3], _facade.Get(key));
        }
    }

    [Fact]
    public async Task A_value_is_replaced_and_removed()
    {
        _facade.Set("key", [1], Plain);
        _facade.Set("key", [2], Plain);
        Assert.Equal([2], _facade.Get("key"));

        _facade.Remove("key");
        Assert.Null(_facade.Get("key"));
        _facade.Set("key", [3], Plain);
        await _facade.RemoveAsync("key");
        await _facade.RemoveAsync("key");

        Assert.Null(_facade.Get("key"));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("\0\u0001\uD800")]
    [InlineData("Schlüssel/鍵:*")]
    public void Any_string_is_a_key_and_case_counts(string key)
    {
        _facade.Set(key, [1], Plain);
        _facade.Set("Key", [2], Plain);

        Assert.Equal([1], _facade.Get(key));
        Assert.Null(_facade.Get("key"));
    }

    [Fact]
    public void What_is_null_is_refused_at_once()
    {
        var destination = new ArrayBufferWriter<byte>();
        ReadOnlySequence<byte> sequence = default;

        Assert.Throws<ArgumentNullException>("key", () => _facade.Get(null!));
        Assert.Throws<ArgumentNullException>("key", () => { _ = _facade.GetAsync(null!); });
        Assert.Throws<ArgumentNullException>("key", () => _facade.TryGet(null!, destination));
        Assert.Throws<ArgumentNullException>("key", () => { _ = _facade.TryGetAsync(null!, destination).AsTask(); });
        Assert.Throws<ArgumentNullException>("key", () => _facade.Set(null!, [1], Plain));
        Assert.Throws<ArgumentNullException>("key", () => { _ = _facade.SetAsync(null!, [1], Plain); });
        Assert.Throws<ArgumentNullException>("key", () => _facade.Set(null!, sequence, Plain));
        Assert.Throws<ArgumentNullException>("key", () => { _ = _facade.SetAsync(null!, sequence, Plain).AsTask(); });
        Assert.Throws<ArgumentNullException>("key", () => _facade.Refresh(null!));
        Assert.Throws<ArgumentNullException>("key", () => { _ = _facade.RefreshAsync(null!); });
        Assert.Throws<ArgumentNullException>("key", () => _facade.Remove(null!));
        Assert.Throws<ArgumentNullException>("key", () => { _ = _facade.RemoveAsync(null!); });
        Assert.Throws<ArgumentNullException>("value", () => _facade.Set("key", null!, Plain));
        Assert.Throws<ArgumentNullException>("value", () => { _ = _facade.SetAsync("key", null!, Plain); });
        Assert.Throws<ArgumentNullException>("options", () => _facade.Set("key", [1], null!));
        Assert.Throws<ArgumentNullException>("options", () => { _ = _facade.SetAsync("key", [1], null!); });
        Assert.Throws<ArgumentNullException>("options", () => _facade.Set("key", sequence, null!));
        Assert.Throws<ArgumentNullException>("destination", () => _facade.TryGet("key", null!));
        Assert.Throws<ArgumentNullException>("destination", () => { _ = _facade.TryGetAsync("key", null!).AsTask(); });
    }

    [Fact]
    public async Task A_cancelled_call_does_nothing()
    {
        var cancelled = new CancellationToken(canceled: true);
        var destination = new ArrayBufferWriter<byte>();
        _facade.Set("key", [1], new DistributedCacheEntryOptions { SlidingExpiration = Minute });
        _time.Advance(Minute / 2);

        await AssertCancelledAsync(_facade.GetAsync("key", cancelled));
        await AssertCancelledAsync(_facade.TryGetAsync("key", destination, cancelled).AsTask());
        await AssertCancelledAsync(_facade.SetAsync("key", [2], Plain, cancelled));
        await AssertCancelledAsync(_facade.SetAsync("key", new ReadOnlySequence<byte>([2]), Plain, cancelled).AsTask());
        await AssertCancelledAsync(_facade.RefreshAsync("key", cancelled));
        await AssertCancelledAsync(_facade.RemoveAsync("key", cancelled));
        Assert.Equal(0, destination.WrittenCount);
        Assert.Equal([1], _cache.TryPeek("key", out byte[]? value) ? value : null);
        _time.Advance(Minute / 2);

        Assert.False(_cache.ContainsKey("key"));

        async Task AssertCancelledAsync(Task task)
        {
            Assert.True(task.IsCanceled);
            Assert.Equal(cancelled, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task)).CancellationToken);
        }
    }

    [Fact]
    public void An_entry_expires_at_its_moment_or_after_its_time_whichever_is_earlier()
    {
        _facade.Set("moment", [1], new DistributedCacheEntryOptions { AbsoluteExpiration = _time.GetUtcNow() + Minute });
        _facade.Set("relative", [1], new DistributedCacheEntryOptions { AbsoluteExpirationRelativeToNow = Minute });
        _facade.Set("both", [1], new DistributedCacheEntryOptions
        {
            AbsoluteExpiration = _time.GetUtcNow() + (2 * Minute),
            AbsoluteExpirationRelativeToNow = Minute,
        });
        _facade.Set("neither", [1], Plain);
        string[] limited = ["moment", "relative", "both"];

        _time.Advance(Minute - TimeSpan.FromTicks(1));
        Assert.All(limited, key => Assert.NotNull(_facade.Get(key)));
        _time.Advance(TimeSpan.FromTicks(1));

        Assert.All(limited, key => Assert.Null(_facade.Get(key)));
        Assert.NotNull(_facade.Get("neither"));
    }

    [Theory]
    [InlineData("get")]
    [InlineData("getAsync")]
    [InlineData("tryGet")]
    [InlineData("refresh")]
    [InlineData("refreshAsync")]
    public async Task Reading_and_refreshing_keep_a_sliding_entry_but_not_beyond_its_absolute_expiration(string way)
    {
        _facade.Set("key", [1], new DistributedCacheEntryOptions { SlidingExpiration = Minute, AbsoluteExpirationRelativeToNow = 3 * Minute });

        for (int i = 0; i < 3; i++)
        {
            _time.Advance(Minute - TimeSpan.FromTicks(1));
            Assert.True(_cache.ContainsKey("key"));
            await AccessAsync(way);
        }

        _time.Advance(TimeSpan.FromTicks(3));
        Assert.False(_cache.ContainsKey("key"));
    }

    [Fact]
    public void A_sliding_entry_that_nobody_reads_expires_and_refreshing_brings_nothing_back()
    {
        _facade.Set("key", [1], new DistributedCacheEntryOptions { SlidingExpiration = Minute });

        _time.Advance(Minute);
        _facade.Refresh("key");

        Assert.Null(_facade.Get("key"));
    }

    [Fact]
    public void A_moment_in_the_past_keeps_nothing_and_what_was_there_is_gone()
    {
        _facade.Set("key", [1], Plain);

        _facade.Set("key", [2], new DistributedCacheEntryOptions { AbsoluteExpiration = _time.GetUtcNow() });

        Assert.Null(_facade.Get("key"));
    }

    [Fact]
    public void Caches_with_prefixes_share_one_cache_and_do_not_meet()
    {
        var first = new FastCacheDistributedCache(_cache, "first:");
        var second = new FastCacheDistributedCache(_cache, "second:");

        first.Set("key", [1], Plain);
        second.Set("key", [2], Plain);
        second.Remove("other");

        Assert.Equal([1], first.Get("key"));
        Assert.Equal([2], second.Get("key"));
        Assert.Equal(["first:key", "second:key"], _cache.Select(static entry => entry.Key).Order());
        first.Remove("key");
        Assert.Null(first.Get("key"));
        Assert.NotNull(second.Get("key"));
    }

    [Fact]
    public void The_cache_is_its_owners_and_tells_when_it_is_disposed()
    {
        _cache.Dispose();

        Assert.Null(_facade.Get("key"));
        Assert.Throws<ObjectDisposedException>(() => _facade.Set("key", [1], Plain));
    }

    [Fact]
    public void A_view_of_nothing_is_refused()
    {
        Assert.Throws<ArgumentNullException>("cache", () => new FastCacheDistributedCache((Cache<string, byte[]>)null!));
        Assert.Throws<ArgumentNullException>("log", () => new FastCacheDistributedCache((CacheLog<string, byte[]>)null!));
        Assert.Throws<ArgumentNullException>("keyPrefix", () => new FastCacheDistributedCache(_cache, null!));
    }

    [Fact]
    public void A_read_into_a_buffer_allocates_nothing()
    {
        var destination = new ArrayBufferWriter<byte>(100);
        _facade.Set("key", Payload.Of(100), Plain);

        Assert.Equal(0, Allocations.Of(_ =>
        {
            destination.ResetWrittenCount();
            _facade.TryGet("key", destination);
        }));
    }

    private async Task AccessAsync(string way)
    {
        switch (way)
        {
            case "get":
                _facade.Get("key");
                break;
            case "getAsync":
                await _facade.GetAsync("key");
                break;
            case "tryGet":
                _facade.TryGet("key", new ArrayBufferWriter<byte>());
                break;
            case "refresh":
                _facade.Refresh("key");
                break;
            default:
                await _facade.RefreshAsync("key");
                break;
        }
    }
}
