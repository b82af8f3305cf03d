namespace FastCache.Extensions.Hybrid;

/// <summary>When tags were invalidated by any process: what the second level says, and for how long that is believed.</summary>
/// <remarks>
/// A moment is asked for again in the background at half of the interval, by who uses it, and awaited when the interval is over. If the
/// second level cannot say, what is known counts for another interval. As many tags are remembered as fit; one that is forgotten is asked for
/// again.
/// </remarks>
internal sealed class TagMoments : IDisposable
{
    private readonly SecondLevel _second;
    private readonly HybridSurroundings _surroundings;
    private readonly WriteClock _clock;
    private readonly string _keyPrefix;
    private readonly TimeSpan _interval;
    private readonly Cache<string, TagMoment> _moments;
    private readonly KeyOrder _order = new();
    private readonly Func<TagMoment, Task> _ask;

    public TagMoments(
        SecondLevel second,
        HybridSurroundings surroundings,
        WriteClock clock,
        string keyPrefix,
        TimeSpan interval,
        Cache<string, TagMoment> moments)
    {
        _second = second;
        _surroundings = surroundings;
        _clock = clock;
        _keyPrefix = $"{keyPrefix}{TextRules.ReservedPrefix}tag:";
        _interval = interval;
        _moments = moments;
        _ask = AskAsync;
        Everything = new TagMoment(_keyPrefix + TextRules.Everything);
    }

    /// <summary>When everything was invalidated.</summary>
    public TagMoment Everything { get; }

    public TagMoment Of(string tag)
        => tag == TextRules.Everything ? Everything
            : _moments.GetOrAdd(tag, static (tag, prefix) => new TagMoment(prefix + tag), _keyPrefix);

    /// <summary>What puts an end to an entry with some tags, but for those that the second level cannot know.</summary>
    public TagMoment[] Of(string[] tags) => [Everything, .. tags.Where(TextRules.IsWellFormed).Select(Of)];

    /// <summary>Whether a local copy may be served, as far as is known. Asks for what is soon to be asked for.</summary>
    public LocalState StateOf(LocalItem item)
    {
        long now = _surroundings.TimeProvider.GetTimestamp();
        LocalState state = LocalState.Current;
        foreach (TagMoment moment in item.Moments)
        {
            // Before the moment itself, which may change between the two.
            TimeSpan? age = AgeOf(moment, now);
            if (moment.Value >= item.Stamp)
            {
                return LocalState.Outdated;
            }

            if (age is null || age > _interval)
            {
                state = LocalState.Unconfirmed;
            }
            else if (age > _interval / 2)
            {
                _ = moment.Ask(_ask);
            }
        }

        return state;
    }

    public static bool IsOutdated(long stamp, TagMoment[] moments) => Array.Exists(moments, moment => moment.Value >= stamp);

    /// <summary>Asks for what is not known, or no longer believed.</summary>
    /// <returns>Whether all of it is known.</returns>
    public async Task<bool> ConfirmAsync(TagMoment[] moments, CancellationToken token)
    {
        long now = _surroundings.TimeProvider.GetTimestamp();
        List<Task> asking = [];
        foreach (TagMoment moment in moments)
        {
            TimeSpan? age = AgeOf(moment, now);
            if (age is null || age > _interval)
            {
                asking.Add(moment.Ask(_ask));
            }
        }

        await Task.WhenAll(asking).WaitAsync(token).ConfigureAwait(false);
        return Array.TrueForAll(moments, static moment => moment.IsKnown);
    }

    /// <summary>Notes that a tag is invalidated now. The others do not know yet.</summary>
    public TagMoment Invalidate(string tag)
    {
        TagMoment moment = Of(tag);
        moment.Raise(_clock.NextInvalidation(), _surroundings.TimeProvider.GetTimestamp());
        return moment;
    }

    /// <summary>Tells the others.</summary>
    /// <returns>What went wrong, if anything did.</returns>
    public Task<Exception?> TellAsync(TagMoment moment, CancellationToken token)
    {
        KeyState key = _order.Enter(moment.Key);
        WriteTurn turn;
        lock (key.Gate)
        {
            turn = key.Queue(_order);
        }

        _order.Leave(key);
        return _second.RunAsync(turn, () => WriteAsync(moment, token), payload: null, token);
    }

    public void Dispose() => _moments.Dispose();

    // The value at its turn: of several invalidations the last one remains.
    private async Task WriteAsync(TagMoment moment, CancellationToken token)
    {
        using PooledBytes bytes = _second.Rent();
        MomentPayload.Write(bytes, moment.Key, moment.Value);
        await _second.WriteAsync(moment.Key, bytes, SecondLevel.LongestLife, token).ConfigureAwait(false);
    }

    private TimeSpan? AgeOf(TagMoment moment, long now)
        => moment.AskedAt is { } asked ? _surroundings.TimeProvider.GetElapsedTime(asked, now) : null;

    private async Task AskAsync(TagMoment moment)
    {
        long began = _surroundings.TimeProvider.GetTimestamp();
        (bool isRead, PooledBytes? bytes) = await _second.TryReadAsync(moment.Key, Task.CompletedTask, CancellationToken.None).ConfigureAwait(false);
        using (bytes)
        {
            if (!isRead)
            {
                moment.Miss(_surroundings.TimeProvider.GetTimestamp());
            }
            else if (bytes is null)
            {
                moment.Raise(-1, began);
            }
            else if (MomentPayload.TryRead(bytes.Span, moment.Key, out long value) && _clock.TryObserve(value))
            {
                moment.Raise(value, began);
            }
            else
            {
                _second.Counters.CountRejected();
                HybridCacheLog.PayloadRejected(_surroundings.Logger, PayloadFault.NotRecognized, exception: null);
                moment.Miss(_surroundings.TimeProvider.GetTimestamp());
            }
        }
    }
}
