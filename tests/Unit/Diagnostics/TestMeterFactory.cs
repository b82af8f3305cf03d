using System.Diagnostics.Metrics;

namespace FastCache.Tests.Unit.Diagnostics;

/// <summary>Makes one meter per name, as the one of dependency injection does, and marks it as its own.</summary>
internal sealed class TestMeterFactory : IMeterFactory
{
    private readonly Dictionary<string, Meter> _meters = [];

    public IReadOnlyCollection<Meter> Meters => _meters.Values;

    public Meter Create(MeterOptions options)
    {
        lock (_meters)
        {
            if (!_meters.TryGetValue(options.Name, out Meter? meter))
            {
                options.Scope = this;
                _meters.Add(options.Name, meter = new Meter(options));
            }

            return meter;
        }
    }

    public void Dispose()
    {
        foreach (Meter meter in _meters.Values)
        {
            meter.Dispose();
        }
    }
}
