using FastCache.Persistence;
using FastCache.Tests.Persistence.Storage;
using Xunit;

namespace FastCache.Tests.Persistence.Inspection;

/// <summary>Logs in real directories, looked at while they are open, with the public methods.</summary>
public sealed class LiveInspectionTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_log_that_is_written_is_never_found_damaged()
    {
        const int Looks = 200;
        const int Moments = 10;
        await WriteAsync();
        using var stopped = new CancellationTokenSource();
        Task writing = Task.Run(() => WriteAndReopenAsync(stopped.Token));
        var seen = new HashSet<(ulong, int)>();
        try
        {
            for (int look = 0; (look < Looks || seen.Count < Moments) && !writing.IsFaulted; look++)
            {
                LogVerification verification = await CacheLog.VerifyAsync(_directory.Path);

                Assert.True(verification is { IsIntact: true, Damage: [], Missing: 0, IsStale: false }, $"{verification}");
                seen.Add((verification.LastSequence, verification.Segments.Count));
            }
        }
        finally
        {
            await stopped.CancelAsync();
            await writing;
        }

        LogVerification last = await CacheLog.VerifyAsync(_directory.Path);
        Assert.True(last is { WasStopped: true, IsIntact: true }, $"{last}");
    }

    [Fact]
    public async Task Nothing_in_the_directory_changes_and_no_lock_is_needed()
    {
        await WriteAsync();
        File.Delete(_directory["LOCK"]);
        await File.WriteAllTextAsync(_directory["0000000000000001.seg.0.corrupted"], "put aside");
        (string, string, DateTime)[] before = Contents();

        LogVerification verification = await CacheLog.VerifyAsync(_directory.Path);
        List<LogEntry<int, string>> entries = await CacheLog.ReadEntriesAsync<int, string>(_directory.Path).ToListAsync();
        List<LogDumpRecord> records = await CacheLog.DumpAsync(_directory.Path).ToListAsync();

        Assert.Equal(before, Contents());
        Assert.True(verification is { Entries: 10, QuarantinedFiles: 1, QuarantinedBytes: 9, WasStopped: true }, $"{verification}");
        Assert.Equal(10, entries.Count);
        Assert.Equal(11, records.Count);
    }

    [Fact]
    public async Task A_log_that_is_open_keeps_its_lock_and_goes_on()
    {
        await using CacheLog<int, string> log = await OpenAsync();
        await log.SetAsync(1, "one");

        LogVerification verification = await CacheLog.VerifyAsync(_directory.Path);

        Assert.True(verification is { Entries: 1, WasStopped: false, IsIntact: true }, $"{verification}");
        await Assert.ThrowsAsync<CacheLogException>(async () => await OpenAsync());
        await log.SetAsync(2, "two");
        Assert.Equal([2, 1], await CacheLog.ReadEntriesAsync<int, string>(_directory.Path).Select(static entry => entry.Key).ToListAsync());
    }

    [Fact]
    public async Task A_directory_that_does_not_exist_is_named_and_not_made()
    {
        string missing = _directory["missing"];

        CacheLogException refused = await Assert.ThrowsAsync<CacheLogException>(() => CacheLog.VerifyAsync(missing));

        Assert.Contains(missing, refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<CacheLogException>(async () => await CacheLog.ReadEntriesAsync<int, string>(missing).ToListAsync());
        await Assert.ThrowsAsync<CacheLogException>(async () => await CacheLog.DumpAsync(missing).ToListAsync());
        Assert.False(Directory.Exists(missing));
        await Assert.ThrowsAsync<ArgumentException>(() => CacheLog.VerifyAsync(" "));
    }

    [Fact]
    public async Task A_directory_without_a_log_is_an_empty_log()
    {
        await File.WriteAllTextAsync(_directory["notes.txt"], "mine");

        LogVerification verification = await CacheLog.VerifyAsync(_directory.Path);

        Assert.True(verification is { IsIntact: true, Segments: [], Entries: 0, LogId: 0, OldestTime: null }, $"{verification}");
        Assert.Empty(await CacheLog.ReadEntriesAsync<int, string>(_directory.Path).ToListAsync());
        Assert.Empty(await CacheLog.DumpAsync(_directory.Path).ToListAsync());
    }

    private async Task WriteAndReopenAsync(CancellationToken stopped)
    {
        for (int opening = 0; opening == 0 || !stopped.IsCancellationRequested; opening++)
        {
            await using CacheLog<int, string> log = await OpenAsync(options => options.SegmentSize = 2_000);
            for (int write = 0; write < 300 && !stopped.IsCancellationRequested; write++)
            {
                log.Cache.Set(write % 20, $"{opening} {write}");
                if (write % 7 == 0)
                {
                    await log.FlushAsync(CancellationToken.None);
                }
            }

            if (opening % 3 == 2)
            {
                // What is older counts no more, and goes with the next opening.
                await log.ClearAsync(CancellationToken.None);
            }
        }
    }

    private async Task WriteAsync()
    {
        await using CacheLog<int, string> log = await OpenAsync();
        for (int key = 0; key < 10; key++)
        {
            log.Cache.Set(key, $"{key}");
        }

        log.Cache.Set(0, "again");
    }

    private async Task<CacheLog<int, string>> OpenAsync(Action<CacheLogOptions<int, string>>? configure = null)
    {
        var options = new CacheLogOptions<int, string>
        {
            Directory = _directory.Path,
            AllowsTinySizes = true,
            BlockSize = 128,
            MaxStagedBytes = 512,
        };
        configure?.Invoke(options);
        return await CacheLog.OpenAsync(new CacheOptions<int, string> { Capacity = 1_000 }, options);
    }

    private (string Name, string Bytes, DateTime Written)[] Contents()
        => [.. Directory.EnumerateFileSystemEntries(_directory.Path)
            .Order(StringComparer.Ordinal)
            .Select(static path => (path, Convert.ToHexString(File.ReadAllBytes(path)), File.GetLastWriteTimeUtc(path)))];
}
