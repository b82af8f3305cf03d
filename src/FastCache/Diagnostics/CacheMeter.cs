using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using FastCache.Threading;

namespace FastCache.Diagnostics;

/// <summary>The instruments of one meter, which measure all caches that were made with it.</summary>
/// <remarks>
/// Thread-safe. Counters are observed, so that they cost nothing until somebody asks. The instruments exist once per meter, however
/// many caches there are, and hold them weakly.
/// </remarks>
internal sealed partial class CacheMeter
{
    public const string Name = "FastCache";
    public static readonly string Version = typeof(CacheMeter).Assembly.GetName().Version?.ToString(fieldCount: 3) ?? "0.0.0";

    private static readonly Meter Shared = new(Name, Version);
    private static readonly ConditionalWeakTable<Meter, CacheMeter> Meters = [];
    private static readonly Lock MetersGate = new();

    private readonly Meter _meter;
    private Histogram<double>? _loadDuration;
    private int _isPublished;

    private CacheMeter(Meter meter) => _meter = meter;

    /// <summary>The caches that are measured.</summary>
    public MeasuredCaches Caches { get; } = new();

    /// <summary>Whether somebody wants to know how long loads take.</summary>
    public bool MeasuresLoads => SharedMemory.ReadAcquire(ref _loadDuration!) is { Enabled: true };

    /// <summary>The instruments of a factory's meter, or of the process's own.</summary>
    /// <param name="factory">Where the meter comes from; null: the process's own.</param>
    public static CacheMeter For(IMeterFactory? factory)
    {
        Meter meter = factory is null ? Shared : factory.Create(new MeterOptions(Name) { Version = Version });
        CacheMeter? instruments;
        lock (MetersGate)
        {
            if (!Meters.TryGetValue(meter, out instruments))
            {
                instruments = new CacheMeter(meter);
                Meters.Add(meter, instruments);
            }
        }

        // Outside the lock: listeners are told of every instrument, and may make caches. Those do not wait.
        if (SharedMemory.Exchange(ref instruments._isPublished, 1) == 0)
        {
            instruments.Publish();
        }

        return instruments;
    }

    /// <summary>Records how long a load took.</summary>
    public void RecordLoad(TimeSpan duration, in TagList tags)
        => SharedMemory.ReadAcquire(ref _loadDuration!)?.Record(duration.TotalSeconds, tags);
}
