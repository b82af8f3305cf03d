using System.Runtime.CompilerServices;
using FastCache.Sharding;
using Xunit;

namespace FastCache.Tests.Unit.Sharding;

public class MaintenanceActorTests
{
    // Work that is lost would otherwise be waited for for ever. Milliseconds.
    private const int HangGuard = 60_000;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact(Timeout = HangGuard)]
    public async Task A_post_has_the_work_of_its_shard_done_and_of_no_other()
    {
        Work[] work = [new(), new(), new()];
        await using MaintenanceActor actor = Attached(work);

        actor.Post(2);
        await work[2].BegunAsync(Cancelled);
        actor.Post(0);
        await work[0].BegunAsync(Cancelled);

        Assert.Equal([1, 0, 1], work.Select(piece => piece.Runs));
    }

    [Fact(Timeout = HangGuard)]
    public async Task A_post_during_the_work_has_it_done_again()
    {
        var work = new Work();
        await using MaintenanceActor actor = Attached(work);
        for (int i = 0; i < 100; i++)
        {
            work.Hold();
            actor.Post(0);
            await work.BegunAsync(Cancelled);

            actor.Post(0);
            work.Release();

            await work.BegunAsync(Cancelled);
        }

        Assert.Equal(200, work.Runs);
    }

    [Fact(Timeout = HangGuard)]
    public async Task Posts_that_wait_are_done_as_one()
    {
        Work[] work = [new(), new()];
        await using MaintenanceActor actor = Attached(work);
        work[0].Hold();
        actor.Post(0);
        await work[0].BegunAsync(Cancelled);

        for (int i = 0; i < 1000; i++)
        {
            actor.Post(0);
            actor.Post(1);
        }

        work[0].Release();
        await work[0].BegunAsync(Cancelled);
        await work[1].BegunAsync(Cancelled);
        actor.Post(1);
        await work[1].BegunAsync(Cancelled);

        Assert.Equal([2, 2], work.Select(piece => piece.Runs));
    }

    [Fact(Timeout = HangGuard)]
    public async Task Posts_from_many_threads_are_never_lost()
    {
        const int Shards = 4;
        const int Posts = 5000;
        long[] asked = new long[Shards];
        long[] seen = new long[Shards];
        Work[] work =
        [
            .. Enumerable.Range(0, Shards)
                .Select(shard => new Work(() => seen[shard] = Volatile.Read(ref asked[shard]))),
        ];
        await using MaintenanceActor actor = Attached(work);

        Parallel.For(0, 4, _ =>
        {
            for (int i = 0; i < Posts; i++)
            {
                Interlocked.Increment(ref asked[i % Shards]);
                actor.Post(i % Shards);
            }
        });

        for (int shard = 0; shard < Shards; shard++)
        {
            while (Volatile.Read(ref seen[shard]) < asked[shard])
            {
                await work[shard].BegunAsync(Cancelled);
            }

            Assert.InRange(work[shard].Runs, 1, Posts);
        }
    }

    [Fact(Timeout = HangGuard)]
    public async Task One_piece_of_work_runs_at_a_time()
    {
        int running = 0;
        int overlaps = 0;
        Work[] work =
        [
            .. Enumerable.Range(0, 8).Select(_ => new Work(() =>
            {
                if (Interlocked.Increment(ref running) != 1)
                {
                    Interlocked.Increment(ref overlaps);
                }

                Thread.SpinWait(100);
                Interlocked.Decrement(ref running);
            })),
        ];
        await using MaintenanceActor actor = Attached(work);

        Parallel.For(0, 2000, i => actor.Post(i % work.Length));
        foreach (Work piece in work)
        {
            await piece.BegunAsync(Cancelled);
        }

        Assert.Equal(0, overlaps);
    }

    [Fact(Timeout = HangGuard)]
    public async Task Running_out_of_memory_once_is_not_the_end()
    {
        int runs = 0;
        var work = new Work(() =>
        {
            if (Interlocked.Increment(ref runs) == 1)
            {
                throw new OutOfMemoryException();
            }
        });
        await using MaintenanceActor actor = Attached(work);

        while (Volatile.Read(ref runs) < 2)
        {
            actor.Post(0);
            await Task.Yield();
        }

        await work.BegunAsync(Cancelled);
    }

    [Fact(Timeout = HangGuard)]
    public async Task Disposal_waits_for_the_piece_in_progress()
    {
        var work = new Work();
        MaintenanceActor actor = Attached(work);
        work.Hold();
        actor.Post(0);
        await work.BegunAsync(Cancelled);

        Task disposal = actor.DisposeAsync().AsTask();
        Assert.False(disposal.IsCompleted);

        work.Release();
        await disposal;
    }

    [Fact(Timeout = HangGuard)]
    public async Task Disposal_leaves_undone_what_waits_behind_the_piece_in_progress()
    {
        Work[] work = [new(), new(), new()];
        MaintenanceActor actor = Attached(work);
        work[0].Hold();
        actor.Post(0);
        await work[0].BegunAsync(Cancelled);
        actor.Post(1);
        actor.Post(2);

        Task disposal = actor.DisposeAsync().AsTask();
        work[0].Release();
        await disposal;

        Assert.Equal([1, 0, 0], work.Select(piece => piece.Runs));
    }

    [Fact(Timeout = HangGuard)]
    public async Task Nothing_runs_after_disposal()
    {
        var work = new Work();
        MaintenanceActor actor = Attached(work);
        actor.Post(0);
        await work.BegunAsync(Cancelled);

        await actor.DisposeAsync();
        actor.Post(0);
        await actor.DisposeAsync();

        Assert.Equal(1, work.Runs);
    }

    [Fact(Timeout = HangGuard)]
    public async Task An_actor_that_never_had_work_can_be_stopped_and_disposed()
    {
        var work = new Work();
        MaintenanceActor actor = Attached(work);

        actor.Stop();
        await actor.DisposeAsync();
        actor.Post(0);
        await actor.DisposeAsync();

        Assert.Equal(0, work.Runs);
    }

    [Fact(Timeout = HangGuard)]
    public async Task Work_does_not_see_the_execution_context_of_who_posted_first()
    {
        var ambient = new AsyncLocal<string?> { Value = "caller's" };
        string? seen = "nothing";
        var work = new Work(() => seen = ambient.Value);
        await using MaintenanceActor actor = Attached(work);

        actor.Post(0);
        await work.BegunAsync(Cancelled);

        Assert.Null(seen);
        Assert.Equal("caller's", ambient.Value);
    }

    [Fact(Timeout = HangGuard)]
    public async Task A_forgotten_actor_is_collected_with_its_shards_once_it_is_idle()
    {
        (WeakReference actor, WeakReference work, Task lastWork) = PostAndForget();
        await lastWork;

        // The loop may still be on its way from the last piece of work to its mailbox.
        for (int i = 0; i < 1000 && (actor.IsAlive || work.IsAlive); i++)
        {
            await Task.Yield();
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(actor.IsAlive);
        Assert.False(work.IsAlive);
    }

    private static MaintenanceActor Attached(params Work[] work)
    {
        var actor = new MaintenanceActor(work.Length);
        actor.Attach(work);
        return actor;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (WeakReference Actor, WeakReference Work, Task LastWork) PostAndForget()
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var work = new Work(() => done.SetResult());
        MaintenanceActor actor = Attached(work);
        actor.Post(0);
        return (new WeakReference(actor), new WeakReference(work), done.Task);
    }
}
