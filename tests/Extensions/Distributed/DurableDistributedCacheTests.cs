using System.Buffers;
using FastCache.Extensions;
using FastCache.Persistence;
using FastCache.Tests.Extensions.TestTypes;
using FastCache.Tests.Persistence.Storage;
using FastCache.Tests.Unit.TestTypes;
using Microsoft.Extensions.Caching.Distributed;
using Xunit;

namespace FastCache.Tests.Extensions.Distributed;

public sealed class DurableDistributedCacheTests : IDisposable
{
    private static readonly DistributedCacheEntryOptions Plain = new();

    private readonly TemporaryDirectory _directory = new();
    private readonly ManualTimeProvider _time = new();

    public void Dispose() => _directory.Dispose();

    [Theory(Timeout = Wait.Watchdog)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_set_is_there_after_a_restart_and_what_was_removed_or_has_expired_is_not(bool awaitsDisk)
    {
        await using (CacheLog<string, byte[]> log = await OpenAsync())
        {
            var cache = new FastCacheDistributedCache(log, "app:", awaitsDisk);
            await cache.SetAsync("async", Payload.Of(1_000), Plain);
            await cache.SetAsync("sequence", new ReadOnlySequence<byte>([7]), Plain);
            cache.Set("sync", [], Plain);
            cache.Set("removed", [1], Plain);
            await cache.RemoveAsync("removed");
            cache.Set("expires", [1], new DistributedCacheEntryOptions { AbsoluteExpirationRelativeToNow = TimeSpan.FromMinutes(1) });
            cache.Set("lives", [1], new DistributedCacheEntryOptions { AbsoluteExpirationRelativeToNow = TimeSpan.FromMinutes(10) });
        }

        _time.Advance(TimeSpan.FromMinutes(2));
        await using CacheLog<string, byte[]> again = await OpenAsync();
        await again.Restored;
        var restarted = new FastCacheDistributedCache(again, "app:", awaitsDisk);

        Assert.Equal(Payload.Of(1_000), await restarted.GetAsync("async"));
        Assert.Equal([7], restarted.Get("sequence"));
        Assert.Equal([], restarted.Get("sync")!);
        Assert.Null(restarted.Get("removed"));
        Assert.Null(restarted.Get("expires"));
        Assert.Equal([1], restarted.Get("lives"));
        Assert.Equal(4, again.Cache.Count);
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_write_that_awaits_the_disk_is_there_without_anything_else()
    {
        await using CacheLog<string, byte[]> log = await OpenAsync();
        var cache = new FastCacheDistributedCache(log, awaitsDisk: true);

        await cache.SetAsync("key", [1], Plain);
        long syncs = log.Statistics.Syncs;
        Assert.True(syncs > 0);
        await cache.RemoveAsync("key");

        Assert.True(log.Statistics.Syncs > syncs);
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_cancelled_write_does_not_reach_the_log()
    {
        await using CacheLog<string, byte[]> log = await OpenAsync();
        var cache = new FastCacheDistributedCache(log, awaitsDisk: true);
        await cache.SetAsync("key", [1], Plain);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cache.SetAsync("key", [2], Plain, new CancellationToken(canceled: true)));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cache.RemoveAsync("key", new CancellationToken(canceled: true)));

        Assert.Equal([1], cache.Get("key"));
        Assert.Equal(1, log.Statistics.Records);
    }

    private ValueTask<CacheLog<string, byte[]>> OpenAsync()
        => CacheLog.OpenAsync(
            new CacheOptions<string, byte[]> { Capacity = 100, TimeProvider = _time },
            new CacheLogOptions<string, byte[]> { Directory = _directory.Path });
}
