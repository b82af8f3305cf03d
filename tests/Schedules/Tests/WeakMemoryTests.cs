using FastCache.Tests.Schedules.Memory;
using FastCache.Tests.Schedules.Search;
using FastCache.Threading;
using Xunit;
using Xunit.Sdk;

namespace FastCache.Tests.Schedules.Tests;

/// <summary>The simulated memory on the litmus tests that every processor's manual has: what it must show, and what it must not.</summary>
public sealed class WeakMemoryTests
{
    private delegate void Store(ref ulong place, ulong value);

    private delegate ulong Load(ref ulong place);

    [Fact]
    public void A_message_that_is_released_and_acquired_arrives() => AssertForbidden(PassMessage(Released, Acquired));

    [Fact]
    public void A_message_may_be_missed_if_its_flag_is_not_released() => AssertAllowed(PassMessage(Plain, Acquired));

    [Fact]
    public void A_message_may_be_missed_if_its_flag_is_not_acquired() => AssertAllowed(PassMessage(Released, Plain));

    [Fact]
    public void Fences_do_as_well_as_ordered_accesses()
        => AssertForbidden(PassMessage(
            static (ref place, value) =>
            {
                SharedMemory.StoreFence();
                SharedMemory.WriteData(ref place, value);
            },
            static (ref place) =>
            {
                ulong seen = SharedMemory.ReadData(ref place);
                SharedMemory.LoadFence();
                return seen;
            }));

    [Fact]
    public void A_load_fence_alone_does_not_help() => AssertAllowed(PassMessage(
        Plain,
        static (ref place) =>
        {
            ulong seen = SharedMemory.ReadData(ref place);
            SharedMemory.LoadFence();
            return seen;
        }));

    [Fact]
    public void Stores_may_be_delayed_beyond_later_loads() => AssertAllowed(DelayStores(static () => { }));

    [Fact]
    public void Stores_are_not_delayed_beyond_a_full_fence() => AssertForbidden(DelayStores(SharedMemory.FullFence));

    [Fact]
    public void Release_and_acquire_do_not_make_a_full_fence() => AssertAllowed(DelayStores(static () => { }, Released, Acquired));

    [Fact]
    public void One_place_is_never_seen_to_go_back()
        => AssertForbidden(static () =>
        {
            ulong[] place = GC.AllocateArray<ulong>(1, pinned: true);
            ulong first = 0;
            ulong second = 0;
            return new Litmus(
                [
                    () =>
                    {
                        SharedMemory.WriteData(ref place[0], 1ul);
                        SharedMemory.WriteData(ref place[0], 2ul);
                    },
                    () =>
                    {
                        first = SharedMemory.ReadData(ref place[0]);
                        second = SharedMemory.ReadData(ref place[0]);
                    },
                ],
                () => Assert.True(second >= first));
        });

    [Fact]
    public void Two_readers_may_see_independent_stores_in_different_orders()
        => AssertAllowed(static () =>
        {
            ulong[] places = GC.AllocateArray<ulong>(2, pinned: true);
            (ulong First, ulong Second) one = default;
            (ulong First, ulong Second) two = default;
            return new Litmus(
                [
                    () => SharedMemory.WriteRelease(ref places[0], 1ul),
                    () => SharedMemory.WriteRelease(ref places[1], 1ul),
                    () => one = (SharedMemory.ReadAcquire(ref places[0]), SharedMemory.ReadAcquire(ref places[1])),
                    () => two = (SharedMemory.ReadAcquire(ref places[1]), SharedMemory.ReadAcquire(ref places[0])),
                ],
                () => Assert.False(one is (1, 0) && two is (1, 0)));
        });

    [Fact]
    public void A_compare_and_swap_sees_the_newest()
        => AssertForbidden(static () =>
        {
            ulong[] place = GC.AllocateArray<ulong>(1, pinned: true);
            void Increment()
            {
                ulong seen;
                do
                {
                    seen = SharedMemory.ReadRelaxed(ref System.Runtime.CompilerServices.Unsafe.As<ulong, uint>(ref place[0]));
                }
                while (!SharedMemory.CompareAndSwap(ref place[0], seen, seen + 1));
            }

            return new Litmus([Increment, Increment, Increment], () => Assert.Equal(3ul, place[0]));
        });

    [Fact]
    public void After_a_collection_has_moved_things_loads_see_what_is_there()
    {
        ulong[] word = GC.AllocateArray<ulong>(1, pinned: true);
        object?[] reference = [null];
        var memory = new WeakMemory(static ages => ages - 1);
        var writer = new View(memory);
        var reader = new View(memory);
        writer.Store(ref word[0], 1ul, Order.Relaxed);
        writer.StoreReference(ref reference[0], "new", Order.Relaxed);

        GC.Collect(0);

        Assert.Equal(1ul, reader.Load(ref word[0], Order.Relaxed));
        Assert.Equal("new", reader.LoadReference(ref reference[0], Order.Relaxed));
    }

    private static void Plain(ref ulong place, ulong value) => SharedMemory.WriteData(ref place, value);

    private static ulong Plain(ref ulong place) => SharedMemory.ReadData(ref place);

    private static void Released(ref ulong place, ulong value) => SharedMemory.WriteRelease(ref place, value);

    private static ulong Acquired(ref ulong place) => SharedMemory.ReadAcquire(ref place);

    private static Func<Scenario> PassMessage(Store raise, Load look)
        => () =>
        {
            ulong[] message = GC.AllocateArray<ulong>(1, pinned: true);
            ulong[] flag = GC.AllocateArray<ulong>(1, pinned: true);
            ulong raised = 0;
            ulong read = 0;
            return new Litmus(
                [
                    () =>
                    {
                        SharedMemory.WriteData(ref message[0], 1ul);
                        raise(ref flag[0], 1);
                    },
                    () =>
                    {
                        raised = look(ref flag[0]);
                        read = SharedMemory.ReadData(ref message[0]);
                    },
                ],
                () => Assert.False(raised == 1 && read == 0));
        };

    private static Func<Scenario> DelayStores(Action between, Store? store = null, Load? load = null)
        => () =>
        {
            ulong[] mine = GC.AllocateArray<ulong>(1, pinned: true);
            ulong[] yours = GC.AllocateArray<ulong>(1, pinned: true);
            ulong one = 0;
            ulong two = 0;
            ulong Go(ulong[] first, ulong[] second)
            {
                (store ?? Plain)(ref first[0], 1);
                between();
                return (load ?? Plain)(ref second[0]);
            }

            return new Litmus([() => one = Go(mine, yours), () => two = Go(yours, mine)], () => Assert.False(one == 0 && two == 0));
        };

    private static void AssertForbidden(Func<Scenario> create) => ScheduleSearch.Explore(create);

    private static void AssertAllowed(Func<Scenario> create)
    {
        XunitException found = Assert.ThrowsAny<XunitException>(() => ScheduleSearch.Explore(create));
        Assert.DoesNotContain("exhaustive", found.Message, StringComparison.Ordinal);
        Assert.Contains("the store 1 before the last", found.Message, StringComparison.Ordinal);
    }
}
