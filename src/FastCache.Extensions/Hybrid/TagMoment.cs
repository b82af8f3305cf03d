namespace FastCache.Extensions.Hybrid;

/// <summary>When a tag was last invalidated, as far as this process knows, and when it last asked.</summary>
/// <param name="key">Where the second level has it.</param>
internal sealed class TagMoment(string key)
{
    private const long Never = long.MinValue;

    private readonly Lock _gate = new();
    private long _value = -1;
    private long _askedAt = Never;
    private bool _isKnown;
    private Task? _asking;

    public string Key { get; } = key;

    /// <summary>The moment: what was made then, or before, is over. -1 if there was none.</summary>
    public long Value => Volatile.Read(ref _value);

    /// <summary>Whether the second level has ever said, or this process is the one that invalidated it.</summary>
    public bool IsKnown => Volatile.Read(ref _isKnown);

    /// <summary>When the second level was last asked; null if never.</summary>
    /// <remarks>Without a lock: all hits look at the moment of everything. Who reads it before <see cref="Value"/> has what was said then.</remarks>
    public long? AskedAt => Volatile.Read(ref _askedAt) is var askedAt and not Never ? askedAt : null;

    /// <summary>What the second level says, or this process has decided. Moments do not go back.</summary>
    /// <param name="moment">The moment.</param>
    /// <param name="timestamp">When the question was put.</param>
    public void Raise(long moment, long timestamp)
    {
        lock (_gate)
        {
            Volatile.Write(ref _value, Math.Max(_value, moment));
            Volatile.Write(ref _isKnown, true);
            NoteAsked(timestamp);
        }
    }

    /// <summary>The second level could not say. What was known counts for another while.</summary>
    public void Miss(long timestamp)
    {
        lock (_gate)
        {
            NoteAsked(timestamp);
        }
    }

    /// <summary>Asks, unless somebody does already.</summary>
    public Task Ask(Func<TagMoment, Task> ask)
    {
        TaskCompletionSource done;
        lock (_gate)
        {
            if (_asking is { } asking)
            {
                return asking;
            }

            done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _asking = done.Task;
        }

        _ = AskAsync(ask, done);
        return done.Task;
    }

    private void NoteAsked(long timestamp) => Volatile.Write(ref _askedAt, Math.Max(_askedAt, timestamp));

    private async Task AskAsync(Func<TagMoment, Task> ask, TaskCompletionSource done)
    {
        try
        {
            await ask(this).ConfigureAwait(false);
        }
        finally
        {
            lock (_gate)
            {
                _asking = null;
            }

            done.SetResult();
        }
    }
}
