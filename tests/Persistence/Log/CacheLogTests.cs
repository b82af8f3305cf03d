using FastCache.Persistence;
using FastCache.Tests.Persistence.Storage;
using Xunit;

namespace FastCache.Tests.Persistence.Log;

public sealed class CacheLogTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task What_was_set_is_there_after_an_orderly_restart()
    {
        await using (CacheLog<string, int> log = await OpenAsync())
        {
            log.Cache.Set("one", 1);
            log.Cache.Set("two", 2);
            log.Cache.Set("one", 11);
        }

        await using CacheLog<string, int> reopened = await OpenAsync();
        RecoveryReport report = await reopened.Restored;

        Assert.True(report.WasStopped);
        Assert.Equal(2, report.Restored);
        Assert.True(reopened.Cache.TryGet("one", out int one));
        Assert.Equal(11, one);
        Assert.True(reopened.Cache.TryGet("two", out int two));
        Assert.Equal(2, two);
    }

    [Fact]
    public async Task What_was_removed_or_cleared_does_not_return()
    {
        await using (CacheLog<string, int> log = await OpenAsync())
        {
            log.Cache.Set("cleared", 1);
            log.Cache.Clear();
            log.Cache.Set("kept", 2);
            log.Cache.Set("removed", 3);
            log.Cache.TryRemove("removed");
        }

        await using CacheLog<string, int> reopened = await OpenAsync();
        await reopened.Restored;

        Assert.Equal(["kept"], reopened.Cache.Select(static entry => entry.Key));
    }

    [Fact]
    public async Task What_is_awaited_is_durable_with_threads_too()
    {
        await using (CacheLog<string, int> log = await OpenAsync())
        {
            Task<bool>[] sets = [.. Enumerable.Range(0, 100).Select(number => log.SetAsync($"{number}", number, TestContext.Current.CancellationToken).AsTask())];
            await Task.WhenAll(sets);
            Assert.True(log.Statistics.Syncs > 0);
        }

        await using CacheLog<string, int> reopened = await OpenAsync();
        RecoveryReport report = await reopened.Restored;
        Assert.Equal(100, report.Restored);
    }

    private ValueTask<CacheLog<string, int>> OpenAsync()
        => CacheLog.OpenAsync(
            new CacheOptions<string, int> { Capacity = 1000 },
            new CacheLogOptions<string, int> { Directory = _directory.Path },
            TestContext.Current.CancellationToken);
}
