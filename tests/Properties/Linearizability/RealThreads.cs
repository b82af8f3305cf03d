using System.Runtime.ExceptionServices;

namespace FastCache.Tests.Properties.Linearizability;

/// <summary>Threads of the operating system that start as nearly at the same moment as they can.</summary>
/// <remarks>They are kept from run to run: a run is much shorter than the start of a thread.</remarks>
internal sealed class RealThreads : IThreads, IDisposable
{
    private const int SpinsPerPause = 25;
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(60);

    private readonly List<Worker> _workers = [];
    private readonly ManualResetEventSlim _allEnded = new();
    private int _notAtStart;
    private int _running;
    private bool _isStopping;

    public void Run(IReadOnlyList<Action> bodies)
    {
        while (_workers.Count < bodies.Count)
        {
            _workers.Add(new Worker(this));
        }

        _allEnded.Reset();
        (_notAtStart, _running) = (bodies.Count, bodies.Count);
        for (int thread = 0; thread < bodies.Count; thread++)
        {
            _workers[thread].Start(bodies[thread]);
        }

        if (!_allEnded.Wait(Hang))
        {
            throw new TimeoutException("A thread of the program hangs.");
        }

        _workers.Select(worker => worker.Fault).FirstOrDefault(fault => fault is not null)?.Throw();
    }

    public void Pause(int length) => Thread.SpinWait(length * length * SpinsPerPause);

    public void Wait(Task task) => task.GetAwaiter().GetResult();

    public void Dispose()
    {
        _isStopping = true;
        _workers.ForEach(worker => worker.Dispose());
        _allEnded.Dispose();
    }

    private void MeetAtStart()
    {
        Interlocked.Decrement(ref _notAtStart);
        var wait = default(SpinWait);
        while (Volatile.Read(ref _notAtStart) > 0)
        {
            wait.SpinOnce(sleep1Threshold: -1);
        }
    }

    private sealed class Worker : IDisposable
    {
        private readonly RealThreads _crew;
        private readonly Thread _thread;
        private readonly SemaphoreSlim _hasWork = new(0);
        private Action _body = static () => { };

        public Worker(RealThreads crew)
        {
            _crew = crew;
            _thread = new Thread(Work) { IsBackground = true };
            _thread.Start();
        }

        /// <summary>What its last body has thrown.</summary>
        public ExceptionDispatchInfo? Fault { get; private set; }

        public void Start(Action body)
        {
            (_body, Fault) = (body, null);
            _hasWork.Release();
        }

        /// <summary>Ends the thread, which has nothing to do; one that hangs is left alone.</summary>
        public void Dispose()
        {
            _hasWork.Release();
            if (_thread.Join(Hang))
            {
                _hasWork.Dispose();
            }
        }

        private void Work()
        {
            _hasWork.Wait();
            while (!_crew._isStopping)
            {
                _crew.MeetAtStart();
                try
                {
                    _body();
                }
                catch (Exception fault)
                {
                    Fault = ExceptionDispatchInfo.Capture(fault);
                }

                if (Interlocked.Decrement(ref _crew._running) == 0)
                {
                    _crew._allEnded.Set();
                }

                _hasWork.Wait();
            }
        }
    }
}
