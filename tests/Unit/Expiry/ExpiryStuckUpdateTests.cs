using FastCache.Expiration;
using FastCache.Table;
using FastCache.Tests.Unit.TestTypes;
using FastCache.Timing;
using Xunit;

namespace FastCache.Tests.Unit.Expiry;

/// <summary>An entry whose time comes while it is being updated in place is left until the update has ended.</summary>
public sealed class ExpiryStuckUpdateTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly ManualTimeProvider _time = new();

    public static TheoryData<EvictionPolicy> Policies => [.. Enum.GetValues<EvictionPolicy>()];

    [Theory(Timeout = Wait.Watchdog)]
    [MemberData(nameof(Policies))]
    public Task It_is_passed_over_tried_again_and_reclaimed_without_traffic_in_the_end(EvictionPolicy policy)
        => Task.Run(
            () =>
            {
                using Cache<long, string> cache = ExpiringCache.Of<long, string>(_time, options => options.Eviction = policy);
                for (long key = 0; key < 20; key++)
                {
                    cache.Set(key, $"{key}", ExpiringCache.For(Second));
                }

                UpdateInProgress<long, string> update = UpdateInProgress<long, string>.Begin(cache, 7);
                for (int i = 0; i < 5; i++)
                {
                    _time.Advance(Second);
                    cache.TrimExpired();
                    Assert.Equal(1, cache.Count);
                }

                update.End("new");
                _time.Advance(2 * ExpiringCache.Tick);
                Wait.Until(() => cache.Count == 0);

                Assert.Equal(20, cache.Statistics.Expirations);
                cache.AssertConsistent();
            },
            TestContext.Current.CancellationToken);

    [Theory(Timeout = Wait.Watchdog)]
    [InlineData("expires")]
    [InlineData("lives on")]
    public async Task A_read_waits_for_the_update_and_then_answers_right(string outcome)
    {
        await Wait.LeaveRunner();
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        foreach (bool isPrecise in new[] { false, true })
        {
            using Cache<long, string> cache = ExpiringCache.Of<long, string>(_time, options => options.PreciseExpiry = isPrecise);
            using var started = new CountdownEvent(4);
            cache.Set(1, "old", ExpiringCache.Idle(Second));
            _time.Advance(0.7 * Second);
            UpdateInProgress<long, string> update = UpdateInProgress<long, string>.Begin(cache, 1);
            Func<string?>[] reads =
            [
                () => cache.TryGet(1, out string? value) ? value : null,
                () => cache.TryPeek(1, out string? value) ? value : null,
                () => cache.FirstOrDefault().Value,
                () => cache.TimeToLive(1) is null ? null : cache.GetMany([1])[1],
            ];
            Task<string?>[] readers = [.. reads.Select(read => Task.Run(
                () =>
                {
                    started.Signal();
                    return read();
                },
                cancellation))];
            started.Wait(cancellation);

            // Other keys of the shard are as usable as ever.
            for (int i = 0; i < 500; i++)
            {
                Assert.True(cache.Set(2, "two", ExpiringCache.For(Second)));
                Assert.True(cache.TryRemove(2));
                Assert.DoesNotContain(readers, reader => reader.IsCompleted);
            }

            if (outcome == "expires")
            {
                TableAccess.TableOf(cache).Times!.Write(update.Slot, new Lifetime(CoarseClock.For(_time).Refresh(), 0, 0));
            }

            update.End("new");
            Assert.All(await Task.WhenAll(readers), value => Assert.Equal(outcome == "expires" ? null : "new", value));
        }
    }

    [Theory(Timeout = Wait.Watchdog)]
    [InlineData("Set")]
    [InlineData("TryAdd")]
    [InlineData("TryRemove")]
    [InlineData("TrySetExpiry")]
    public async Task A_writer_that_finds_it_expired_waits_until_it_can_be_reclaimed(string operation)
    {
        await Wait.LeaveRunner();
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        using Cache<long, string> cache = ExpiringCache.Of<long, string>(_time);
        cache.Set(1, "old", ExpiringCache.For(Second));
        UpdateInProgress<long, string> update = UpdateInProgress<long, string>.Begin(cache, 1);
        _time.Advance(Second);
        using var started = new ManualResetEventSlim();
        Task<bool> writer = Task.Run(
            () =>
            {
                started.Set();
                return operation switch
                {
                    "Set" => cache.Set(1, "set"),
                    "TryAdd" => cache.TryAdd(1, "set"),
                    "TryRemove" => cache.TryRemove(1),
                    _ => cache.TrySetExpiry(1, default),
                };
            },
            cancellation);
        started.Wait(cancellation);

        for (int i = 0; i < 5000; i++)
        {
            Assert.True(cache.Set(2, "two"));
            Assert.False(writer.IsCompleted);
        }

        update.End("new");
        bool isKept = operation is "Set" or "TryAdd";
        Assert.Equal(isKept, await writer);
        Assert.Equal(isKept ? "set" : null, cache.GetMany([1]).GetValueOrDefault(1));
        Assert.Equal(1, cache.Statistics.Expirations);
        cache.AssertConsistent();
    }

    [Fact]
    public void A_timer_that_comes_while_a_lifetime_is_half_written_is_not_put_off()
    {
        using Cache<long, string> cache = ExpiringCache.Of<long, string>(_time);
        cache.Set(1, "one", ExpiringCache.For(Second));
        cache.Set(2, "two", ExpiringCache.Idle(TimeSpan.FromDays(1)));
        Table<long, string> table = TableAccess.TableOf(cache);
        UpdateInProgress<long, string> update = UpdateInProgress<long, string>.Begin(cache, 1);

        // From a deadline to an idle limit: the deadline is gone already, the limit is not there yet.
        table.Times!.Write(update.Slot, default);
        _time.Advance(Second);
        cache.TrimExpired();
        table.Times.Write(update.Slot, new Lifetime(0, Second.Ticks, CoarseClock.For(_time).Refresh()));
        update.End("new");
        cache.AssertConsistent();

        _time.Advance(Second);
        cache.TrimExpired();
        Assert.Equal(1, cache.Count);
    }
}
