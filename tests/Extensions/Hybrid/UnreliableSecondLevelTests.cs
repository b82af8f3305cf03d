using FastCache.Tests.Extensions.TestTypes;
using FastCache.Tests.Unit.TestTypes;
using Microsoft.Extensions.Caching.Hybrid;
using Xunit;

namespace FastCache.Tests.Extensions.Hybrid;

public sealed class UnreliableSecondLevelTests
{
    private static readonly string[] Forms = ["at once", "faulted", "later"];

    public static MatrixTheoryData<string, bool> Failures => new(Forms, [false, true]);

    [Theory(Timeout = Wait.Watchdog)]
    [MemberData(nameof(Failures))]
    public async Task A_read_that_fails_is_a_miss(string form, bool buffers)
    {
        (TestHybridCache test, ScriptedSecondLevel second) = TestHybridCache.WithSecond(buffers: buffers);
        await using (test)
        {
            await test.GetAsync("key", "there");
            Assert.Equal("there", await test.FindAsync<string>("key"));
            await test.ForgetLocalAsync("key");
            second.OnRead = (_, _) => Fail(form);

            Assert.Equal("made", await test.GetAsync("key", "made", TestHybridCache.With(HybridCacheEntryFlags.DisableDistributedCacheWrite)));
            Assert.Equal("made", await test.FindAsync<string>("key"));

            Assert.Equal([2303], test.Logged);
            Assert.Equal(1, test.Cache.SecondLevelStatistics.ReadFailures);
            test.AssertAtRest();
        }
    }

    [Theory(Timeout = Wait.Watchdog)]
    [MemberData(nameof(Failures))]
    public async Task A_write_that_fails_is_logged(string form, bool buffers)
    {
        (TestHybridCache test, ScriptedSecondLevel second) = TestHybridCache.WithSecond(buffers: buffers);
        await using (test)
        {
            second.OnWrite = (_, _) => Fail(form);

            Assert.Equal("made", await test.GetAsync("made", "made"));
            await test.Cache.SetAsync("set", "set");

            Wait.Until(() => test.Cache.SecondLevelStatistics.WriteFailures == 2);
            Wait.Until(() => test.Cache.BusyKeys == 0);
            Assert.Equal(("made", "set"), (await test.FindAsync<string>("made"), await test.FindAsync<string>("set")));
            Assert.Equal([2304, 2304], test.Logged);
            Assert.Empty(second.Keys);
            test.AssertAtRest();
        }
    }

    [Theory(Timeout = Wait.Watchdog)]
    [MemberData(nameof(Failures))]
    public async Task A_removal_that_fails_is_told_and_counts_here(string form, bool buffers)
    {
        (TestHybridCache test, ScriptedSecondLevel second) = TestHybridCache.WithSecond(buffers: buffers);
        await using (test)
        {
            await test.GetAsync("key", "old");
            await test.GetAsync("other", "old");
            second.OnRemove = (key, _) => key == "key" ? Fail(form) : Task.CompletedTask;

            await Assert.ThrowsAsync<IOException>(async () => await test.Cache.RemoveAsync("key"));
            await Assert.ThrowsAsync<IOException>(async () => await test.Cache.RemoveAsync(["key", "other"]));

            var localOnly = TestHybridCache.With(HybridCacheEntryFlags.DisableDistributedCache);
            Assert.Equal("new", await test.GetAsync("key", "new", localOnly));
            Assert.Null(second["other"]);
            test.AssertAtRest();
        }
    }

    [Theory(Timeout = Wait.Watchdog)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_read_that_hangs_is_a_miss_when_its_time_is_over(bool buffers)
    {
        (TestHybridCache test, ScriptedSecondLevel second) = TestHybridCache.WithSecond(
            static options => options.Hybrid.SecondLevelReadTimeout = TimeSpan.FromSeconds(3), buffers: buffers);
        await using (test)
        {
            var hanging = new TaskCompletionSource();
            CancellationToken ofRead = default;
            second.OnRead = (key, token) =>
            {
                ofRead = key == "key" ? token : ofRead;
                return key == "key" ? hanging.Task : Task.CompletedTask;
            };
            second["key"] = [1, 2, 3];

            Task<string> asked = test.GetAsync("key", "made").AsTask();
            test.Pass(TimeSpan.FromSeconds(3) - TimeSpan.FromTicks(1));
            Assert.False(asked.IsCompleted);
            test.Pass(TimeSpan.FromTicks(1));

            Assert.Equal("made", await asked);
            Assert.True(ofRead.IsCancellationRequested);
            Assert.Equal(1, test.Pool.Rented);
            hanging.SetResult();
            Wait.Until(() => test.Pool.Rented == 0);
        }
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_read_that_hangs_can_be_left()
    {
        (TestHybridCache test, ScriptedSecondLevel second) = TestHybridCache.WithSecond(
            static options => options.Hybrid.SecondLevelReadTimeout = null);
        await using (test)
        {
            var hanging = new TaskCompletionSource();
            second.OnRead = (_, _) => hanging.Task;
            using var impatient = new CancellationTokenSource();

            Task<string> asked = test.GetAsync("other", "made").AsTask();
            Task<string> left = test.Cache.GetOrCreateAsync(
                "key", static _ => new ValueTask<string>("made"), cancellationToken: impatient.Token).AsTask();
            test.Pass(TimeSpan.FromDays(1));
            Assert.False(asked.IsCompleted);
            await impatient.CancelAsync();

            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
            hanging.SetResult();
            Assert.Equal("made", await asked);
            Wait.Until(() => test.Pool.Rented == 0 && test.Cache.BusyKeys == 0);
        }
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_write_that_hangs_can_be_left_and_holds_up_only_its_key()
    {
        (TestHybridCache test, ScriptedSecondLevel second) = TestHybridCache.WithSecond();
        await using (test)
        {
            var hanging = new TaskCompletionSource();
            second.OnWrite = (key, _) => key == "key" ? hanging.Task : Task.CompletedTask;
            using var impatient = new CancellationTokenSource();

            Task left = test.Cache.SetAsync("key", "value", cancellationToken: impatient.Token).AsTask();
            await test.Cache.SetAsync("other", "value");
            await impatient.CancelAsync();

            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
            Assert.Equal("value", await test.FindAsync<string>("key"));
            Assert.Equal(1, test.Pool.Rented);
            hanging.SetResult();
            Wait.Until(() => test.Pool.Rented == 0 && test.Cache.BusyKeys == 0);
        }
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task The_token_of_a_write_reaches_the_second_level()
    {
        (TestHybridCache test, ScriptedSecondLevel second) = TestHybridCache.WithSecond();
        await using (test)
        {
            using var source = new CancellationTokenSource();
            var never = new TaskCompletionSource();
            second.OnWrite = (_, token) => never.Task.WaitAsync(token);
            second.OnRemove = (_, token) => never.Task.WaitAsync(token);
            Task set = test.Cache.SetAsync("set", 1, cancellationToken: source.Token).AsTask();
            Task removal = test.Cache.RemoveAsync("removed", source.Token).AsTask();

            await source.CancelAsync();

            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => set);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => removal);
            Wait.Until(() => test.Pool.Rented == 0 && test.Cache.BusyKeys == 0);
            Assert.Empty(test.Logged);
        }
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_read_that_nobody_waits_for_is_told_so()
    {
        (TestHybridCache test, ScriptedSecondLevel second) = TestHybridCache.WithSecond();
        await using (test)
        {
            CancellationToken ofRead = default;
            var reading = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var never = new TaskCompletionSource();
            second.OnRead = (key, token) =>
            {
                if (key != "key")
                {
                    return Task.CompletedTask;
                }

                ofRead = token;
                reading.TrySetResult();
                return never.Task.WaitAsync(token);
            };
            using var impatient = new CancellationTokenSource();
            Task<string> left = test.Cache.GetOrCreateAsync(
                "key", static _ => new ValueTask<string>("made"), cancellationToken: impatient.Token).AsTask();
            await reading.Task;

            await impatient.CancelAsync();

            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
            Wait.Until(() => ofRead.IsCancellationRequested);
            Wait.Until(() => test.Pool.Rented == 0 && test.Cache.BusyKeys == 0);
        }
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_removal_that_its_token_has_ended_does_not_look_as_if_it_had_been_made()
    {
        (TestHybridCache test, ScriptedSecondLevel second) = TestHybridCache.WithSecond();
        await using (test)
        {
            await test.Cache.SetAsync("key", "value");
            using var source = new CancellationTokenSource();
            second.OnRemove = second.OnWrite = (_, token) =>
            {
                source.Cancel();
                token.ThrowIfCancellationRequested();
                return Task.CompletedTask;
            };

            Task removal = test.Cache.RemoveAsync("key", source.Token).AsTask();

            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => removal);
            Assert.NotNull(second["key"]);
            test.AssertAtRest();
        }
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_time_limit_of_reads_may_be_as_long_as_there_are_times()
    {
        (TestHybridCache test, _) = TestHybridCache.WithSecond(static options => options.Hybrid.SecondLevelReadTimeout = TimeSpan.MaxValue);
        await using (test)
        {
            await test.GetAsync("key", "value");
            await test.ForgetLocalAsync("key");

            Assert.Equal("value", await test.FindAsync<string>("key"));
            Assert.Empty(test.Logged);
        }
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task What_is_made_when_the_cache_is_disposed_gives_its_bytes_back()
    {
        (TestHybridCache test, _) = TestHybridCache.WithSecond();
        await using (test)
        {
            var factory = new TaskCompletionSource<string>();
            Task<string> asked = test.Cache.GetOrCreateAsync(
                "key",
                _ => new ValueTask<string>(factory.Task),
                TestHybridCache.With(HybridCacheEntryFlags.DisableLocalCacheRead)).AsTask();
            await test.Cache.DisposeAsync();

            factory.SetResult("made");

            await Assert.ThrowsAsync<ObjectDisposedException>(() => asked);
            Wait.Until(() => test.Cache.BusyKeys == 0);
            test.AssertAtRest();
        }
    }

    private static Task Fail(string form)
        => form switch
        {
            "at once" => throw new IOException(),
            "faulted" => Task.FromException(new IOException()),
            _ => Task.Run(static () => throw new IOException()),
        };
}
