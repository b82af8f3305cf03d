using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace FastCache.Samples.Catalog;

/// <summary>The meter FastCache as the text that Prometheus scrapes: no more than this sample needs.</summary>
/// <remarks>
/// An application takes an exporter of OpenTelemetry, with <c>AddMeter("FastCache")</c>. This one has a total a counter, a value a gauge, and sum
/// and count a histogram. Thread-safe.
/// </remarks>
internal sealed class PrometheusText : IDisposable
{
    private readonly Lock _gate = new();
    private readonly MeterListener _listener = new();
    private readonly SortedDictionary<string, double> _observed = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, double> _recorded = new(StringComparer.Ordinal);

    public PrometheusText(IMeterFactory meters)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == "FastCache" && ReferenceEquals(instrument.Meter.Scope, meters))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>(Observe);
        _listener.SetMeasurementEventCallback<double>(Record);
        _listener.Start();
    }

    public string Scrape()
    {
        lock (_gate)
        {
            // What is not measured any more, a cache that was disposed say, is gone.
            _observed.Clear();
            _listener.RecordObservableInstruments();
            var text = new StringBuilder();
            foreach ((string series, double value) in _observed.Concat(_recorded))
            {
                text.Append(CultureInfo.InvariantCulture, $"{series} {value}\n");
            }

            return text.ToString();
        }
    }

    public void Dispose() => _listener.Dispose();

    // Within Scrape, which holds the lock.
    private void Observe(Instrument instrument, long value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
        => _observed[Series(instrument, instrument is ObservableCounter<long> ? "_total" : "", tags)] = value;

    // Whenever something has taken its time.
    private void Record(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        string sum = Series(instrument, "_seconds_sum", tags);
        string count = Series(instrument, "_seconds_count", tags);
        lock (_gate)
        {
            _recorded[sum] = _recorded.GetValueOrDefault(sum) + value;
            _recorded[count] = _recorded.GetValueOrDefault(count) + 1;
        }
    }

    private static string Series(Instrument instrument, string suffix, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = new List<string>(tags.Length);
        foreach ((string name, object? value) in tags)
        {
            labels.Add($"{Name(name)}=\"{value}\"");
        }

        return $"{Name(instrument.Name)}{suffix}{{{string.Join(',', labels)}}}";
    }

    private static string Name(string name) => name.Replace('.', '_');
}
