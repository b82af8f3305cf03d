using System.Globalization;
using FastCache.Persistence;
using FastCache.Tests.Persistence.Storage;
using FastCache.Tests.Unit.TestTypes;
using Microsoft.Win32.SafeHandles;
using Xunit;

namespace FastCache.Tests.Persistence.Log;

/// <summary>A log on a disk that is really full: it gives up its oldest part, or does without the disk until there is room again.</summary>
public sealed class FullFileSystemTests : IDisposable
{
    private const int Size = 8 << 20;
    private const int Keys = 6_000;
    private const int ValueLength = 1_000;

    private readonly SmallFileSystem _disk = new(Size);
    private readonly ManualTimeProvider _time = new();

    public void Dispose() => _disk.Dispose();

    [Fact(Timeout = Wait.Watchdog)]
    public async Task It_goes_on_without_its_oldest_part_and_brings_back_nothing_old()
    {
        await Wait.LeaveRunner();
        int[] newest = new int[Keys];
        CacheLogStatistics statistics;
        await using (CacheLog<int, string> log = await OpenAsync())
        {
            for (int write = 1; write <= 5 * Keys; write++)
            {
                int key = write * 7919 % Keys;
                newest[key] = write;
                log.Cache.Set(key, ValueOf(key, write));
                if (write % 100 == 0)
                {
                    await log.FlushAsync(TestContext.Current.CancellationToken);
                }
            }

            statistics = log.Statistics;
            Assert.True(statistics is { IsDegraded: false, ForgottenSegments: > 0 }, $"{statistics}");
        }

        await using CacheLog<int, string> again = await OpenAsync();
        RecoveryReport report = await again.Restored;
        Assert.True(report is { Restored: > Keys / 10, Discarded: LogDiscardReason.None, Faulted: 0 }, $"{report}");
        Assert.All(again.Cache, entry => Assert.Equal(ValueOf(entry.Key, newest[entry.Key]), entry.Value));
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task Without_any_room_the_cache_goes_on_alone_until_there_is_some()
    {
        await Wait.LeaveRunner();
        await using (CacheLog<int, string> log = await OpenAsync())
        {
            await FillAndFreeAsync(log);
        }

        await using CacheLog<int, string> again = await OpenAsync();
        await again.Restored;
        Assert.Equal([new KeyValuePair<int, string>(2, "after")], again.Cache);
    }

    private async Task FillAndFreeAsync(CacheLog<int, string> log)
    {
        await log.SetAsync(1, "before", TestContext.Current.CancellationToken);
        string alien = Path.Combine(_disk.Path, "alien");
        Fill(alien);

        await Assert.ThrowsAsync<CacheLogException>(async () =>
        {
            for (int key = 100; key < 100 + Keys; key++)
            {
                await log.SetAsync(key, ValueOf(key, 0), TestContext.Current.CancellationToken);
            }
        });
        Assert.True(log.Statistics.IsDegraded);
        Assert.False(log.IsHealthy);
        log.Cache.Set(1, "meanwhile");
        File.Delete(alien);
        Wait.Until(() =>
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            return !log.Statistics.IsDegraded;
        });

        await log.FlushAsync(TestContext.Current.CancellationToken);
        await log.SetAsync(2, "after", TestContext.Current.CancellationToken);
        Assert.Equal(1, log.Statistics.Resumptions);
        Assert.True(log.IsHealthy);
    }

    /// <summary>Leaves no room on the disk.</summary>
    private static void Fill(string path)
    {
        using SafeFileHandle file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write);
        byte[] zeros = new byte[64 << 10];
        for (int size = zeros.Length; size >= 1; size /= 2)
        {
            try
            {
                while (true)
                {
                    RandomAccess.Write(file, zeros.AsSpan(0, size), RandomAccess.GetLength(file));
                }
            }
            catch (IOException)
            {
                // Full, for so many bytes.
            }
        }
    }

    /// <summary>A value that does not compress.</summary>
    private static string ValueOf(int key, int write)
    {
        var random = new Random((key * 31) + write);
        return string.Create(CultureInfo.InvariantCulture, $"{key}:{write}:")
            + string.Create(ValueLength, random, static (letters, random) => random.GetItems<char>("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", letters));
    }

    private ValueTask<CacheLog<int, string>> OpenAsync()
        => CacheLog.OpenAsync(
            new CacheOptions<int, string> { Capacity = 2 * Keys, TimeProvider = _time },
            new CacheLogOptions<int, string> { Directory = _disk.Path, SegmentSize = 1 << 20, MaxStagedBytes = 256 << 10 });
}
