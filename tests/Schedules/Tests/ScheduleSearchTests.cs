using FastCache.Tests.Schedules.Search;
using FastCache.Threading;
using Xunit;
using Xunit.Sdk;

namespace FastCache.Tests.Schedules.Tests;

/// <summary>The search on programs that are wrong in known ways: what it must find, and how it says so.</summary>
public sealed class ScheduleSearchTests
{
    [Fact]
    public void Finds_a_lost_update_with_one_preemption()
    {
        string message = FailureOf(LostUpdate);

        Assert.Contains("lost", message, StringComparison.Ordinal);
        Assert.Contains("exhaustive", message, StringComparison.Ordinal);
        Assert.Contains("FASTCACHE_SCHEDULE_REPLAY=\"2>1\"", message, StringComparison.Ordinal);
        Assert.Contains("ScheduleSearchTests.cs", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Finds_the_same_one_each_time() => Assert.Equal(FailureOf(LostUpdate), FailureOf(LostUpdate));

    [Fact]
    public void Finds_threads_that_wait_for_each_other()
        => Assert.Contains("deadlock", FailureOf(static () =>
        {
            Lock one = new();
            Lock two = new();
            void TakeBoth(Lock first, Lock second)
            {
                lock (first)
                {
                    lock (second)
                    {
                    }
                }
            }

            return new Litmus([() => TakeBoth(one, two), () => TakeBoth(two, one)], static () => { });
        }), StringComparison.Ordinal);

    [Fact]
    public void Finds_a_wait_for_what_never_happens()
        => Assert.Contains("nobody gets ahead", FailureOf(static () =>
        {
            Flag never = new();
            return new Litmus([never.Await, static () => { }], static () => { });
        }), StringComparison.Ordinal);

    [Fact]
    public void Lets_a_thread_that_spins_wait_for_another()
        => ScheduleSearch.Explore(static () =>
        {
            Flag one = new();
            Flag two = new();
            return new Litmus(
                [
                    one.Await,
                    () =>
                    {
                        two.Await();
                        one.Set();
                    },
                    two.Set,
                ],
                static () => { });
        });

    [Fact]
    public void Reports_what_a_thread_throws()
        => Assert.Contains("Thread 1 failed", FailureOf(static () => new Litmus(
            [static () => { }, static () => throw new InvalidDataException("as it is")], static () => { })), StringComparison.Ordinal);

    [Fact]
    public void Reports_what_comes_up_when_a_scenario_is_disposed()
        => Assert.Contains("FASTCACHE_SCHEDULE_REPLAY", FailureOf(static () => new Undisposable()), StringComparison.Ordinal);

    [Fact]
    public void Two_threads_on_locks_of_two_searches_do_not_disturb_each_other()
    {
        Lock shared = new();
        Func<Scenario> create = () =>
        {
            void Take()
            {
                lock (shared)
                {
                }
            }

            return new Litmus([Take, Take], static () => { });
        };

        Parallel.Invoke(() => ScheduleSearch.Explore(create), () => ScheduleSearch.Explore(create));
    }

    private static Scenario LostUpdate()
    {
        int[] count = new int[1];
        void Increment() => SharedMemory.WriteRelease(ref count[0], SharedMemory.ReadAcquire(ref count[0]) + 1);
        return new Litmus([Increment, Increment], () => Assert.True(count[0] == 2, "an increment was lost"));
    }

    private static string FailureOf(Func<Scenario> create)
        => Assert.ThrowsAny<XunitException>(() => ScheduleSearch.Explore(create)).Message;

    private sealed class Undisposable : Scenario
    {
        public override IReadOnlyList<Action> Threads { get; } = [static () => { }];

        public override void AssertAtEnd()
        {
        }

        public override void Dispose()
        {
            base.Dispose();
            throw new InvalidDataException("as it is");
        }
    }
}
