using System.Diagnostics;

namespace FastCache.Bench.Timing;

/// <summary>
/// Dedicated threads that start a piece of work together. One thread is a team too, so that one and many are measured
/// in the same way.
/// </summary>
internal sealed class WorkerTeam : IDisposable
{
    private readonly Barrier _barrier;
    private readonly Thread[] _threads;
    private readonly Member[] _members;
    private Action<int>? _work;
    private Exception? _failure;

    public WorkerTeam(int size)
    {
        _barrier = new Barrier(size + 1);
        _members = new Member[size];
        _threads = new Thread[size];
        for (int i = 0; i < size; i++)
        {
            int index = i;
            _threads[i] = new Thread(() => WorkAs(index)) { IsBackground = true, Name = $"bench worker {i}" };
            _threads[i].Start();
        }
    }

    public int Size => _threads.Length;

    /// <summary>Runs <paramref name="work"/> with the number of each thread, and returns when all have finished.</summary>
    public TeamTime Run(Action<int> work)
    {
        _work = work;
        Collections before = Collections.SoFar;
        _barrier.SignalAndWait();
        _barrier.SignalAndWait();
        Collections collections = Collections.SoFar - before;
        if (_failure is { } failure)
        {
            throw new InvalidOperationException("A worker failed.", failure);
        }

        long start = _members.Min(static member => member.Start);
        long end = _members.Max(static member => member.End);
        return new TeamTime(Stopwatch.GetElapsedTime(start, end), _members.Sum(static member => member.Allocated), collections);
    }

    public void Dispose()
    {
        _work = null;
        _barrier.SignalAndWait();
        foreach (Thread thread in _threads)
        {
            thread.Join();
        }

        _barrier.Dispose();
    }

    private void WorkAs(int index)
    {
        while (true)
        {
            _barrier.SignalAndWait();
            if (_work is not { } work)
            {
                return;
            }

            long allocated = GC.GetAllocatedBytesForCurrentThread();
            long start = Stopwatch.GetTimestamp();
            try
            {
                work(index);
            }
            catch (Exception exception)
            {
                _failure = exception;
            }

            long end = Stopwatch.GetTimestamp();
            _members[index] = new Member(start, end, GC.GetAllocatedBytesForCurrentThread() - allocated);
            _barrier.SignalAndWait();
        }
    }

    private readonly record struct Member(long Start, long End, long Allocated);
}
