using System.Runtime.ExceptionServices;

namespace FastCache.Tests.Unit.TestTypes;

/// <summary>Threads that start together and whose first failure becomes the test's.</summary>
internal static class Crew
{
    /// <summary>Runs two pieces of work at the same time.</summary>
    public static void RunPair(Action first, Action second)
        => Run(2, number =>
        {
            if (number == 0)
            {
                first();
            }
            else
            {
                second();
            }
        });

    /// <summary>Runs work on several threads in phases, which it numbers too: nobody begins one before all have ended the last.</summary>
    public static void RunInStep(int threads, int phases, Action<int, int> work, Action? afterEach = null)
    {
        using var end = new Barrier(threads, afterEach is null ? null : _ => afterEach());
        Run(threads, number =>
        {
            try
            {
                for (int phase = 0; phase < phases; phase++)
                {
                    work(number, phase);
                    end.SignalAndWait();
                }
            }
            catch
            {
                // The others must not wait for this one.
                end.RemoveParticipant();
                throw;
            }
        });
    }

    /// <summary>Runs the same work on several threads, which it numbers from 0, and waits for all.</summary>
    public static void Run(int threads, Action<int> work)
    {
        using var start = new Barrier(threads);
        ExceptionDispatchInfo? failure = null;
        Thread[] crew = [.. Enumerable.Range(0, threads).Select(number => new Thread(() =>
        {
            start.SignalAndWait();
            try
            {
                work(number);
            }
#pragma warning disable CA1031 // Rethrown on the test's own thread.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(exception), null);
            }
        })
        { IsBackground = true })];
        foreach (Thread thread in crew)
        {
            thread.Start();
        }

        foreach (Thread thread in crew)
        {
            thread.Join();
        }

        failure?.Throw();
    }
}
