using FastCache.Tests.Unit.TestTypes;

namespace FastCache.Tests.Unit.Soak;

/// <summary>Workers, somebody who lets time pass and an administrator, over caches that come and go.</summary>
/// <remarks>Its length is a number of steps. Time and administration keep pace with the workers, and nobody with the machine's clock.</remarks>
internal sealed class SoakRun(int seed, long steps) : IDisposable
{
    private const int Workers = 3;
    private const int StepsPerAdvance = 30;
    private const int StepsPerOrder = 200;
    private readonly ManualTimeProvider _time = new();
    private SoakGeneration? _current;
    private long _taken;
    private int _working = Workers;

    /// <summary>Generations that have begun.</summary>
    public int Generations { get; private set; }

    /// <summary>Runs until all steps are taken, and fails if a law was broken on the way or at the end.</summary>
    public void Run()
    {
        Begin();
        Crew.Run(Workers + 2, number =>
        {
            var random = new Random(seed + number);
            if (number < Workers)
            {
                Work(random);
            }
            else if (number == Workers)
            {
                KeepPace(StepsPerAdvance, () => _time.Advance(TimeSpan.FromMilliseconds(random.Next(1, 25))));
            }
            else
            {
                var administrator = new SoakAdministrator(this, random);
                KeepPace(StepsPerOrder, administrator.Step);
            }
        });

        _current!.AssertConsistent();
        _current.EndAsync().GetAwaiter().GetResult();
    }

    /// <summary>The present caches, which are not examined in the end before <see cref="SoakGeneration.Leave"/>.</summary>
    public SoakGeneration Enter()
    {
        while (true)
        {
            SoakGeneration generation = Volatile.Read(ref _current)!;
            generation.Enter();
            if (generation == Volatile.Read(ref _current))
            {
                return generation;
            }

            generation.Leave();
        }
    }

    /// <summary>Puts new caches into the place of the present ones, and disposes those while they are used.</summary>
    public void Renew()
    {
        SoakGeneration old = _current!;
        Begin();
        old.EndAsync().GetAwaiter().GetResult();
    }

    public void Dispose()
    {
        _current?.Values.Dispose();
        _current?.Resources.Dispose();
    }

    private void Begin() => Volatile.Write(ref _current, new SoakGeneration(Generations++, _time));

    private void Work(Random random)
    {
        try
        {
            var worker = new SoakWorker(this, random);
            while (Interlocked.Add(ref _taken, SoakWorker.Shift) <= steps)
            {
                worker.WorkShift();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _working);
        }
    }

    private void KeepPace(long stepsPerTurn, Action turn)
    {
        var wait = default(SpinWait);
        for (long next = stepsPerTurn; Volatile.Read(ref _working) > 0;)
        {
            if (Interlocked.Read(ref _taken) < next)
            {
                wait.SpinOnce(sleep1Threshold: -1);
                continue;
            }

            turn();
            next += stepsPerTurn;
        }
    }
}
