using System.Runtime.CompilerServices;
using CommunityToolkit.HighPerformance.Buffers;
using FastCache.Persistence.Format;
using FastCache.Persistence.Recovery;

namespace FastCache.Persistence.Inspection;

/// <summary>Reads the entries that an opening would bring back, the newest first.</summary>
internal sealed class EntryReader<TKey, TValue>(InspectionSetup setup, ILogSerializer<TKey> keys, ILogSerializer<TValue> values)
    where TKey : notnull
{
    /// <exception cref="CacheLogException">The log cannot be read, or its keys or values have another format.</exception>
    public async IAsyncEnumerable<LogEntry<TKey, TValue>> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using LogInspection inspection = await Task.Run(() => LogInspection.Open(setup), cancellationToken).ConfigureAwait(false);
        RequireFormats(inspection);
        List<BlockLocation> blocks = inspection.Scan.Blocks;
        var walk = new EntryWalk(inspection);
        var index = new RecordIndex();
        for (int next = blocks.Count - 1; next >= 0 && !walk.IsOver; next--)
        {
            cancellationToken.ThrowIfCancellationRequested();
            BlockLocation block = blocks[next];
            using MemoryOwner<byte>? content
                = await Task.Run(() => inspection.Decoder.Read(block), CancellationToken.None).ConfigureAwait(false);
            if (content is null || !index.TryBuild(content.Span, block.Header.RecordCount))
            {
                // Everything older is in doubt.
                yield break;
            }

            for (int at = index.Count - 1; at >= 0 && !walk.IsOver; at--)
            {
                ulong sequence = block.Header.FirstSequence + (ulong)at;
                if (walk.ComesBack(index.Read(content.Span, at), sequence))
                {
                    yield return Entry(index.Read(content.Span, at), sequence);
                }
            }
        }
    }

    private void RequireFormats(LogInspection inspection)
    {
        inspection.RequireReadable();
        if (inspection.Scan.Newest is { } newest
            && (newest.KeyFormat != Fingerprint.Of(keys.Format) || newest.ValueFormat != Fingerprint.Of(values.Format)))
        {
            throw new CacheLogException(
                $"The keys or values of the log in {inspection.Location} have another format than '{keys.Format}' and '{values.Format}'.");
        }
    }

    private LogEntry<TKey, TValue> Entry(in RecordView record, ulong sequence)
    {
        PutHeader header = record.Header;
        TKey key = keys.Deserialize(record.Key);
        TValue value = header.IsNull ? default! : values.Deserialize(record.Value);
        DateTimeOffset? expiresAt = header.ExpiresAt == long.MaxValue ? null : Moment.Of(header.ExpiresAt);
        return new LogEntry<TKey, TValue>(key, value, expiresAt, sequence);
    }
}
