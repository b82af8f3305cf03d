using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using FastCache.Extensions.Hybrid;
using Microsoft.Extensions.Caching.Hybrid;

namespace FastCache.Extensions;

public sealed partial class FastCacheHybridCache
{
    private const HybridCacheEntryFlags NoSecondLevel = HybridCacheEntryFlags.DisableDistributedCache;

    /// <summary>What a call does not do. Without a second level nobody has to switch it off, and there is no compression.</summary>
    private HybridCacheEntryFlags FlagsOf(HybridCacheEntryOptions? options)
        => (options?.Flags ?? _options.DefaultFlags)
            & ~(HybridCacheEntryFlags.DisableCompression | (_second is null ? NoSecondLevel : HybridCacheEntryFlags.None));

    private bool IsUsable([NotNullWhen(true)] string? key)
    {
        KeyFault fault = TextRules.FaultOf(key, _options.MaximumKeyLength);
        if (fault != KeyFault.None)
        {
            HybridCacheLog.KeyUnusable(_surroundings.Logger, fault);
        }

        return fault == KeyFault.None;
    }

    private EntryRequest RequestOf(string key, HybridCacheEntryOptions? options, IEnumerable<string>? tags)
    {
        string[] copy = TextRules.CopyOf(tags);
        HybridCacheEntryFlags flags = FlagsOf(options);
        if (_second is not null && (flags & NoSecondLevel) != NoSecondLevel
            && !(TextRules.IsWellFormed(key) && Array.TrueForAll(copy, TextRules.IsWellFormed) && Payload.CanHold(copy)))
        {
            HybridCacheLog.TextMalformed(_surroundings.Logger);
            flags |= NoSecondLevel;
        }

        // As the platform composes them: a call that says how long in all says how long in the process, too. A policy is as good as a call.
        TimeSpan? own = options?.Expiration ?? _policies?.ExpirationOf(key);
        TimeSpan life = own ?? _life;
        TimeSpan localLife = options?.LocalCacheExpiration ?? own ?? _options.DefaultLocalExpiration ?? life;
        return new EntryRequest(key, flags, life, localLife < life ? localLife : life, copy);
    }

    /// <summary>Makes of a value what is kept of it.</summary>
    private MadeItem Encode<T>(T value, EntryRequest request, long stamp)
    {
        TimeSpan jitter = _jitter > TimeSpan.Zero ? _jitter * Random.Shared.NextDouble() : TimeSpan.Zero;
        TimeSpan life = Add(request.Life, jitter);
        EntryOptions? entry = !request.WritesLocal ? null
            : new EntryOptions { ExpireAfterWrite = Add(request.LocalLife, jitter), Tags = request.Tags };
        TagMoment[] moments = _moments?.Of(request.Tags) ?? [];
        bool isShared = value is null || TypeFacts<T>.IsImmutable;
        bool writesSecond = _second is not null && request.WritesSecond && request.Life > TimeSpan.Zero;
        if (isShared && !writesSecond)
        {
            return new MadeItem(new ObjectItem<T>(value, stamp, moments, TypeFacts<T>.SizeOf(value)), entry);
        }

        IHybridCacheSerializer<T>? serializer = value is null ? null : _serializers.Of<T>();
        long expiresAt = _clock.Now + Shorter(life, SecondLevel.LongestLife).Ticks;
        var header = new PayloadHeader(stamp, expiresAt, request.Tags, value is null);
        PooledBytes? payload = TrySerialize(value, serializer, header, out int start);
        if (payload is null)
        {
            // Too large. Those who share the load share the object; it is kept only if they may.
            return new MadeItem(new ObjectItem<T>(value, stamp, moments, TypeFacts<T>.SizeOf(value)), isShared ? entry : null);
        }

        ReadOnlySpan<byte> bytes = payload.Span[start..];
        LocalItem item = isShared
            ? new ObjectItem<T>(value, stamp, moments, Math.Max(bytes.Length, TypeFacts<T>.SizeOf(value)))
            : new BytesItem<T>(bytes.ToArray(), serializer!, stamp, moments, bytes.Length);
        if (!writesSecond)
        {
            payload.Dispose();
            return new MadeItem(item, entry);
        }

        Payload.WriteChecksum(payload, Payload.SeedOf(SecondKeyOf(request.Key), typeof(T)));
        return new MadeItem(item, entry, payload, life);
    }

    /// <summary>The header and the value's bytes; null if these are too many.</summary>
    private PooledBytes? TrySerialize<T>(T value, IHybridCacheSerializer<T>? serializer, in PayloadHeader header, out int start)
    {
        var payload = new PooledBytes(_surroundings.Pool);
        start = 0;
        try
        {
            Payload.WriteHeader(payload, header);
            start = payload.Length;
            payload.Limit(_options.MaximumPayloadBytes);
            serializer?.Serialize(value, payload);
            payload.Limit(int.MaxValue);
        }
        catch (Exception fault) when (!payload.IsOverLimit)
        {
            payload.Dispose();
            HybridCacheLog.SerializationFailed(_surroundings.Logger, fault, typeof(T));
            throw;
        }
#pragma warning disable CA1031 // The serializer is thrown at by its target, and may throw whatever it makes of that.
        catch (Exception)
#pragma warning restore CA1031
        {
        }

        if (!payload.IsOverLimit)
        {
            return payload;
        }

        payload.Dispose();
        HybridCacheLog.PayloadTooLarge(_surroundings.Logger, typeof(T), _options.MaximumPayloadBytes);
        return null;
    }

    /// <summary>Makes of what the second level has what is kept of it here; null if it is not to be used.</summary>
    private async ValueTask<MadeItem?> TryDecodeAsync<T>(PooledBytes bytes, string secondKey, EntryRequest request, CancellationToken token)
    {
        if (!Payload.TryRead(bytes.Memory, Payload.SeedOf(secondKey, typeof(T)), out PayloadHeader header, out ReadOnlySequence<byte> source))
        {
            return Reject(PayloadFault.NotRecognized, exception: null);
        }

        if (!_clock.TryObserve(header.Stamp))
        {
            return Reject(PayloadFault.FromTheFuture, exception: null);
        }

        TagMoment[] moments = _moments!.Of(header.Tags);
        TimeSpan rest = TimeSpan.FromTicks(Math.Max(0, header.ExpiresAt - _clock.Now));
        if (rest == TimeSpan.Zero
            || !await _moments.ConfirmAsync(moments, token).ConfigureAwait(false)
            || TagMoments.IsOutdated(header.Stamp, moments))
        {
            return null;
        }

        LocalItem item;
        try
        {
            item = ItemOf<T>(header, source, moments);
        }
#pragma warning disable CA1031 // What was written by another version of the application may make its serializer throw anything.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            return Reject(PayloadFault.NotDeserialized, fault);
        }

        return new MadeItem(
            item,
            request.WritesLocal ? new EntryOptions { ExpireAfterWrite = Shorter(request.LocalLife, rest), Tags = header.Tags } : null);
    }

    private LocalItem<T> ItemOf<T>(in PayloadHeader header, ReadOnlySequence<byte> source, TagMoment[] moments)
    {
        if (header.IsNull)
        {
            return new ObjectItem<T>(default!, header.Stamp, moments, size: 0);
        }

        IHybridCacheSerializer<T> serializer = _serializers.Of<T>();
        T value = serializer.Deserialize(source);
        int size = (int)source.Length;
        return TypeFacts<T>.IsImmutable
            ? new ObjectItem<T>(value, header.Stamp, moments, Math.Max(size, TypeFacts<T>.SizeOf(value)))
            : new BytesItem<T>(source.ToArray(), serializer, header.Stamp, moments, size);
    }

    private MadeItem? Reject(PayloadFault fault, Exception? exception)
    {
        _second!.Counters.CountRejected();
        HybridCacheLog.PayloadRejected(_surroundings.Logger, fault, exception);
        return null;
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    // Of two that are not negative.
    private static TimeSpan Add(TimeSpan one, TimeSpan other) => one < TimeSpan.MaxValue - other ? one + other : TimeSpan.MaxValue;
}
