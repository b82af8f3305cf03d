using System.Diagnostics.Metrics;

namespace FastCache.Tests.Unit.Diagnostics;

/// <summary>What a meter publishes and measures.</summary>
/// <remarks>Takes a meter's scope to tell it from those of other tests; null is the process's own meter.</remarks>
internal sealed class MeterReading : IDisposable
{
    private const string MeterName = "FastCache";
    private readonly MeterListener _listener = new();
    private readonly List<(string Instrument, double Value, Dictionary<string, object?> Tags)> _measurements = [];

    public MeterReading(object? scope)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == MeterName && ReferenceEquals(instrument.Meter.Scope, scope))
            {
                Instruments.Add(instrument);
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.Start();
    }

    public List<Instrument> Instruments { get; } = [];

    public void Dispose() => _listener.Dispose();

    /// <summary>Asks observable instruments.</summary>
    public void Observe()
    {
        lock (_measurements)
        {
            _measurements.Clear();
        }

        _listener.RecordObservableInstruments();
    }

    /// <summary>Measurements of an instrument since the last <see cref="Observe"/>: tags as <c>a=b,c=d</c> in order of name, and value.</summary>
    public Dictionary<string, double> Of(string instrument)
    {
        lock (_measurements)
        {
            return _measurements.Where(measurement => measurement.Instrument == instrument)
                .ToDictionary(
                    measurement => string.Join(
                        ',',
                        measurement.Tags.OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => $"{tag.Key}={tag.Value}")),
                    measurement => measurement.Value);
        }
    }

    private void Add<T>(Instrument instrument, T value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        where T : struct, IConvertible
    {
        double number = value.ToDouble(null);
        Dictionary<string, object?> copy = new([.. tags]);
        lock (_measurements)
        {
            _measurements.Add((instrument.Name, number, copy));
        }
    }
}
