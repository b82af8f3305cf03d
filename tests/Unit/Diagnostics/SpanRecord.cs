using System.Diagnostics;
using FastCache.Diagnostics;

namespace FastCache.Tests.Unit.Diagnostics;

/// <summary>The spans that one cache's loads have ended.</summary>
internal sealed class SpanRecord : IDisposable
{
    private readonly List<Activity> _spans = [];
    private readonly ActivityListener _listener;

    /// <param name="cacheName">Loads of other tests are none of ours.</param>
    public SpanRecord(string cacheName)
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == CacheMeter.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                if (Equals(span.GetTagItem("dotnet.cache.name"), cacheName))
                {
                    lock (_spans)
                    {
                        _spans.Add(span);
                    }
                }
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public Activity[] Spans
    {
        get
        {
            lock (_spans)
            {
                return [.. _spans];
            }
        }
    }

    public void Dispose() => _listener.Dispose();
}
