using FastCache.Persistence;
using FastCache.Persistence.Storage;
using FastCache.Tests.Persistence.Simulation;
using FastCache.Tests.Persistence.TestTypes;
using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Persistence.Log;

public sealed class DisposedLogTests : IDisposable
{
    private readonly SimulatedStorage _storage = new();

    public void Dispose() => _storage.Dispose();

    [Fact]
    public async Task A_second_disposal_does_nothing()
    {
        CacheLog<int, string> log = await SimulatedLog.OpenAsync(_storage, hasThreads: true);
        log.Cache.Set(1, "one");
        await log.DisposeAsync();
        int boundaries = _storage.Boundaries;

        await log.DisposeAsync();

        Assert.Equal(boundaries, _storage.Boundaries);
        Assert.Equal(0, _storage.OpenFiles);
        Assert.Equal(1, log.Statistics.Records);
        Restarted restarted = await SimulatedLog.RestartAsync(_storage.Snapshot());
        Assert.True(restarted.Report.WasStopped);
        Assert.Equal("one", restarted.Entries[1]);
    }

    [Fact]
    public async Task After_it_writes_are_refused_and_flushing_has_nothing_to_do()
    {
        CacheLog<int, string> log = await SimulatedLog.OpenAsync(_storage, hasThreads: true);
        log.Cache.Set(1, "one");
        await log.DisposeAsync();

        Assert.Throws<ObjectDisposedException>(() => log.Cache.Set(2, "two"));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await log.SetAsync(2, "two"));
        await log.FlushAsync();
    }

    [Theory(Timeout = Wait.Watchdog)]
    [InlineData(LogDurability.Interval)]
    [InlineData(LogDurability.EveryWrite)]
    [InlineData(LogDurability.None)]
    public async Task In_the_middle_of_traffic_all_that_was_acknowledged_before_stays_and_nobody_hangs(LogDurability durability)
    {
        await Wait.LeaveRunner();
        const int Threads = 4;
        CacheLog<int, string> log = await SimulatedLog.OpenAsync(_storage, options => options.Durability = durability, hasThreads: true);
        int[] acknowledged = new int[Threads];
        Task traffic = Task.Run(() => Crew.Run(Threads, thread =>
        {
            try
            {
                for (int counter = 1; ; counter++)
                {
                    log.SetAsync(thread, $"{counter}").AsTask().GetAwaiter().GetResult();
                    Volatile.Write(ref acknowledged[thread], counter);
                    log.Cache.Set(100 + thread, $"{counter}");
                    log.Cache.TryRemove(200 + thread);
                    log.FlushAsync().AsTask().GetAwaiter().GetResult();
                }
            }
            catch (ObjectDisposedException)
            {
            }
        }));
        Wait.Until(() => acknowledged.All(static counter => counter > 20));

        await log.DisposeAsync();
        await traffic;

        Restarted restarted = await SimulatedLog.RestartAsync(_storage.Snapshot());
        Assert.True(restarted.Report.WasStopped);
        for (int thread = 0; thread < Threads; thread++)
        {
            Assert.True(int.Parse(restarted.Entries[thread], null) >= acknowledged[thread]);
        }
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task During_the_restoring_it_ends_that_and_nothing_is_lost()
    {
        await Wait.LeaveRunner();
        const int Keys = 2000;
        await using (CacheLog<int, string> log = await SimulatedLog.OpenAsync(_storage, UseScripted(new ScriptedSerializer<string>())))
        {
            for (int key = 0; key < Keys; key++)
            {
                log.Cache.Set(key, $"{key}");
            }
        }

        using var door = new Door();
        var storage = new SimulatedStorage(_storage.Snapshot());
        CacheLog<int, string> interrupted = await SimulatedLog.OpenAsync(
            storage, UseScripted(new ScriptedSerializer<string> { AfterRead = _ => door.Pass() }), hasThreads: true);
        door.AwaitSomebody();
        interrupted.Cache.Set(0, "newer");
        interrupted.Cache.TryRemove(1);
        Task disposing = interrupted.DisposeAsync().AsTask();
        Assert.False(disposing.IsCompleted);

        door.Open();
        await disposing;

        Assert.InRange((await interrupted.Restored).Restored, 1, Keys - 3);
        Dictionary<int, string> entries = (await SimulatedLog.RestartAsync(storage.Snapshot(), UseScripted(new ScriptedSerializer<string>()))).Entries;
        Assert.Equal("newer", entries[0]);
        Assert.DoesNotContain(1, entries.Keys);
        Assert.Equal(Keys - 1, entries.Count);
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task After_a_failure_it_ends_the_threads_and_closes_the_files()
    {
        await Wait.LeaveRunner();
        CacheLog<int, string> log = await SimulatedLog.OpenAsync(_storage, hasThreads: true);
        _storage.Fault = static _ => StorageError.DeviceFailed;
        await Assert.ThrowsAsync<CacheLogException>(async () => await log.SetAsync(1, "one"));

        await log.DisposeAsync();

        Assert.Equal(0, _storage.OpenFiles);
        Assert.Throws<ObjectDisposedException>(() => _storage.List(out _));
    }

    private static Action<CacheLogOptions<int, string>> UseScripted(ScriptedSerializer<string> values)
        => options => options.ValueSerializer = values;
}
