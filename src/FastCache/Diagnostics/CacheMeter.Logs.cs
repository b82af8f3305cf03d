using System.Diagnostics.Metrics;
using FastCache.Journaling;

namespace FastCache.Diagnostics;

/// <content>Of caches with a log.</content>
internal sealed partial class CacheMeter
{
    private void PublishLogs()
    {
        PublishStatesOfLogs();
        PublishCountsOfLogs();
    }

    private void PublishStatesOfLogs()
    {
        _meter.CreateObservableUpDownCounter(
            "fastcache.log.size", () => ObserveLogs(static s => s.Size), "By", "What logs take on the disk.");
        _meter.CreateObservableUpDownCounter(
            "fastcache.log.segments", () => ObserveLogs(static s => s.Segments), "{segment}", "Files of logs.");
        _meter.CreateObservableUpDownCounter(
            "fastcache.log.pending", () => ObserveLogs(static s => s.Pending), "By", "What waits to be written, before compression.");
        _meter.CreateObservableUpDownCounter(
            "fastcache.log.degraded", () => ObserveLogs(static s => s.Degraded), "{log}", "Logs that have failed, whose caches go on alone.");
    }

    private void PublishCountsOfLogs()
    {
        _meter.CreateObservableCounter(
            "fastcache.log.records", () => ObserveLogs(static s => s.Records), "{record}", "Records that were written.");
        _meter.CreateObservableCounter(
            "fastcache.log.written", () => ObserveLogs(static s => s.Written), "By", "What the records take, compressed.");
        _meter.CreateObservableCounter(
            "fastcache.log.omitted",
            () => Measure(
                Caches.SumJournalsByName(),
                TelemetryTags.OmissionReason,
                [(TelemetryTags.NoRoom, static s => s.Dropped), (TelemetryTags.TooLarge, static s => s.TooLarge)]),
            "{value}",
            "Values that are in the cache and were not written.");
        _meter.CreateObservableCounter(
            "fastcache.log.forgotten",
            () => ObserveLogs(static s => s.Forgotten),
            "{segment}",
            "Segments that were deleted for want of room, with entries that were needed.");
        _meter.CreateObservableCounter(
            "fastcache.log.failures",
            () => Measure(
                Caches.SumJournalsByName(),
                TelemetryTags.FailureOutcome,
                [(TelemetryTags.Mended, static s => s.Mends), (TelemetryTags.Degraded, static s => s.Failures)]),
            "{failure}",
            "Failures of the disk, by what became of them.");
    }

    private List<Measurement<long>> ObserveLogs(Func<JournalStatistics, long> number) => Measure(Caches.SumJournalsByName(), number);
}
