using FastCache.Persistence;
using FastCache.Persistence.Storage;
using FastCache.Tests.Persistence.Simulation;
using FastCache.Tests.Persistence.TestTypes;
using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Persistence.Upkeep;

/// <summary>A log with threads of its own, that is looked after, mended and disposed of while it is used.</summary>
public sealed class UpkeepThreadsTests
{
    private const int Threads = 4;
    private const int Keys = 16;

    [Fact(Timeout = Wait.Watchdog)]
    public async Task Beside_traffic_and_files_that_fail_nothing_that_is_acknowledged_is_lost()
    {
        await Wait.LeaveRunner();
        using SmallLog log = Open();
        int syncs = 0;
        var failed = new HashSet<string>();
        string? touched = null;
        log.Storage.Fault = boundary =>
        {
            if (boundary.Operation is not (StorageOperation.Sync or StorageOperation.Write))
            {
                return StorageError.None;
            }

            touched ??= failed.Contains(boundary.Name) && boundary.Operation == StorageOperation.Sync ? boundary.Name : null;

            // Now and then, and never the first one of a file: that would be the end of the log.
            bool fails = boundary.Operation == StorageOperation.Sync && boundary.Before.Size > 0 && ++syncs % 23 == 0
                && boundary.Before[boundary.Before.Names.Find(boundary.Name)].Current.Length > 128;
            return fails && failed.Add(boundary.Name) ? StorageError.DeviceFailed : StorageError.None;
        };
        string?[] expected = new string?[Threads * Keys];
        Crew.Run(Threads, thread =>
        {
            for (int step = 0; step < 400; step++)
            {
                int key = (thread * Keys) + (step % Keys);
                expected[key] = $"{step}";
                log.Cache.Set(key, $"{step}");
                log.Cache.Set(key + 1000, $"{step}");
                if (step % 5 == 0)
                {
                    Assert.True(log.TryFlush());
                }
            }
        });
        Assert.True(log.TryFlush());

        Assert.True(log.Log.Statistics.Mends > 0);
        Assert.True(log.Log.Statistics.CompactedSegments + log.Log.Statistics.ForgottenSegments > 0);
        Assert.Null(touched);
        log.Storage.Fault = null;
        AssertRestarted(log, expected, CrashPolicy.PowerCutDropAll);
        log.Stop();
        AssertRestarted(log, expected, CrashPolicy.PowerCutDropAll);
        Assert.Equal(0, log.Storage.OpenFiles);
    }

    [Theory(Timeout = Wait.Watchdog)]
    [InlineData((int)StorageOperation.Write)]
    [InlineData((int)StorageOperation.Create)]
    [InlineData((int)StorageOperation.Delete)]
    public async Task Disposal_waits_for_a_disk_that_is_slow_in_the_middle_of_upkeep_and_loses_nothing(int operation)
    {
        await Wait.LeaveRunner();
        using var door = new Door();
        using SmallLog log = Open();
        bool disposed = false;
        log.Storage.AtBoundary = boundary =>
        {
            if (boundary.Operation == (StorageOperation)operation && log.Log is { Statistics.CompactedSegments: > 0 })
            {
                door.Pass();
            }
        };
        Task writing = Task.Run(() =>
        {
            for (int step = 0; !Volatile.Read(ref disposed); step++)
            {
                log.Cache.Set(step % Keys, $"{step}:{new string('x', 20)}");
            }
        });
        door.AwaitSomebody();
        Task disposing = log.Log.DisposeAsync().AsTask();
        Assert.False(disposing.IsCompleted);
        Volatile.Write(ref disposed, true);

        door.Open();
        await Task.WhenAll(writing.ContinueWith(static _ => { }, TaskScheduler.Default), disposing);

        Assert.Equal(0, log.Storage.OpenFiles);
        Dictionary<int, string> contents = log.ContentsAfter(CrashPolicy.PowerCutDropAll);
        Assert.NotEmpty(contents);
        Assert.All(contents, static entry => Assert.EndsWith("xxxx", entry.Value, StringComparison.Ordinal));
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task Many_who_flush_share_syncs_and_all_go_on()
    {
        await Wait.LeaveRunner();
        using SmallLog log = Open();
        int before = log.Storage.Syncs;
        const int Flushes = 50;
        const int Callers = 64;
        Task[] callers = [.. Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
        {
            for (int flush = 0; flush < Flushes; flush++)
            {
                log.Cache.Set(caller, $"{flush}");
                await log.Log.FlushAsync();
            }
        }))];
        await Task.WhenAll(callers);

        Assert.InRange(log.Storage.Syncs - before, 1, Callers * Flushes);
        Dictionary<int, string> contents = log.ContentsAfter(CrashPolicy.PowerCutDropAll);
        Assert.All(Enumerable.Range(0, Callers), caller => Assert.Equal($"{Flushes - 1}", contents[caller]));
        log.Stop();
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_log_that_fails_and_resumes_under_traffic_keeps_nobody_waiting()
    {
        await Wait.LeaveRunner();
        using SmallLog log = Open();
        bool fails = false;
        log.Storage.Fault = _ => Volatile.Read(ref fails) ? StorageError.DeviceFailed : StorageError.None;
        bool isOver = false;
        Task traffic = Task.Run(() => Crew.Run(Threads, thread =>
        {
            for (int step = 0; !Volatile.Read(ref isOver); step++)
            {
                log.Cache.Set((thread * Keys) + (step % Keys), $"{step}");
                log.TrySetAcknowledged(1000 + thread, $"{step}");
            }
        }));
        for (int round = 1; round <= 5; round++)
        {
            Volatile.Write(ref fails, true);
            Wait.Until(() => log.Log.Statistics.IsDegraded);
            Volatile.Write(ref fails, false);
            Wait.Until(() =>
            {
                log.Time.Advance(TimeSpan.FromSeconds(1));
                return log.Log.Statistics.Resumptions == round;
            });
        }

        Volatile.Write(ref isOver, true);
        await traffic;
        Assert.True(log.TrySetAcknowledged(7, "last"));
        Assert.Equal("last", log.ContentsAfter(CrashPolicy.PowerCutDropAll)[7]);
        log.Stop();
    }

    private static SmallLog Open() => new SmallLog
    {
        HasThreads = true,
        ConfigureCache = static options => options.Capacity = 1000,
        Configure = static options => options.MaxLogSize = 64 * SmallLog.SegmentSize,
    }.Open();

    private static void AssertRestarted(SmallLog log, string?[] expected, CrashPolicy policy)
    {
        Dictionary<int, string> contents = log.ContentsAfter(policy);
        for (int key = 0; key < expected.Length; key++)
        {
            Assert.Equal(expected[key], contents.GetValueOrDefault(key));
        }
    }
}
