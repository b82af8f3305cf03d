using FastCache.Diagnostics;
using FastCache.Tagging;
using FastCache.Threading;
using Microsoft.Extensions.ObjectPool;
using FastCache.Timing;

namespace FastCache.Loading;

/// <summary>One load in progress, and those who wait for it.</summary>
/// <remarks>
/// Pooled. It goes back when its leader and all who hold it have let go of it. Who may join takes hold of it inside a turn in which it
/// is registered, so nobody gets one that was over before he came. One that was part of loads inside loads does not go back: a link to
/// it, which its waiter takes down a little later, would be one to another load.
/// </remarks>
internal sealed class Flight<TKey, TValue> : LoadNode
    where TKey : notnull
{
    private readonly ObjectPool<Flight<TKey, TValue>> _pool;
    private TaskCompletionSource<LoadOutcome<TValue>>? _completion;
    private ILoadCancellation? _cancellation;
    private int _references;
    private int _waiters;
    private int _isInvalidated;
    private TagSet? _previousTags;

    public Flight(ObjectPool<Flight<TKey, TValue>> pool) => _pool = pool;

    /// <summary>What is loaded.</summary>
    public TKey Key { get; private set; } = default!;

    public bool IsBackground { get; private set; }

    /// <summary>Whether there was a value when it began.</summary>
    public bool HasPrevious { get; private set; }

    /// <summary>That value.</summary>
    public TValue? PreviousValue { get; private set; }

    /// <summary>When that value expires, or expired.</summary>
    public long PreviousExpiresAt { get; private set; }

    /// <summary>Whether that value may stand in for one that is too long in coming.</summary>
    public bool MayServePrevious
    {
        get => field && !IsPreviousInvalidated;
        private set;
    }

    /// <summary>Whether a tag of that value was invalidated: nobody gets it any more.</summary>
    public bool IsPreviousInvalidated => _previousTags is { IsInvalidated: true };

    /// <summary>How many invalidations of tags there had been when it began.</summary>
    public long TagGeneration { get; private set; }

    /// <summary>What the factory says of its result, if it was asked.</summary>
    public LoadContext<TKey, TValue>? Context { get; set; }

    /// <summary>What measures it.</summary>
    public LoadScope Scope { get; set; }

    /// <summary>How the entry is to be kept, if its caller says so.</summary>
    public EntryOptions? Entry { get; set; }

    /// <summary>The part of the key's hash by which it is registered.</summary>
    public uint Position { get; private set; }

    /// <summary>Whether it is registered. Inside turns only.</summary>
    public bool IsListed { get; set; }

    /// <summary>The slot of the entry that it guards, or -1. Inside turns only.</summary>
    public int Slot { get; set; }

    /// <summary>The next one in the same bucket. Inside turns only.</summary>
    public Flight<TKey, TValue>? Next { get; set; }

    /// <summary>Whether the key was written or removed since it began. Set inside turns.</summary>
    public bool IsInvalidated
    {
        get => SharedMemory.ReadAcquire(ref _isInvalidated) != 0;
        set => SharedMemory.WriteRelease(ref _isInvalidated, value ? 1 : 0);
    }

    /// <summary>How many wait for it.</summary>
    public int Waiters => SharedMemory.ReadAcquire(ref _waiters);

    /// <summary>Whether somebody has joined, or may yet. Inside a turn, or after it was unregistered.</summary>
    public bool WasJoined => _completion is not null;

    /// <summary>Begins a new load.</summary>
    public void Begin(TKey key, uint position, int slot, bool isBackground, long tagGeneration)
    {
        Key = key;
        Position = position;
        Slot = slot;
        IsBackground = isBackground;
        TagGeneration = tagGeneration;
        _references = 1;
        _waiters = 1;
    }

    /// <summary>Says what value there is.</summary>
    public void SetPrevious(TValue? value, long expiresAt, bool mayServe, TagSet? tags)
    {
        HasPrevious = true;
        PreviousValue = value;
        PreviousExpiresAt = expiresAt;
        MayServePrevious = mayServe;
        _previousTags = tags;
    }

    /// <summary>Somebody who may join it looks at it until he releases it. Inside a turn, while it is registered.</summary>
    public void HoldToJoin()
    {
        SharedMemory.Increment(ref _references);
        EnsureCompletion();
    }

    /// <summary>Who holds it to join it knows that it is of his key, and waits for it from now on.</summary>
    public void Join()
    {
        if (SharedMemory.Increment(ref _waiters) == 1)
        {
            _cancellation?.OnRejoined();
        }
    }

    /// <summary>Somebody looks at it until he releases it, and does not wait. By its leader, once it is to be waited for.</summary>
    public void Hold() => SharedMemory.Increment(ref _references);

    /// <summary>The leader lets others finish the load and waits for it like everybody else.</summary>
    public void WaitAsLeader() => HoldToJoin();

    /// <summary>Says what fires when nobody waits any more. Before the factory runs.</summary>
    public void CancelThrough(ILoadCancellation cancellation) => _cancellation = cancellation;

    public LoadOutcome<TValue> Wait() => SharedMemory.WaitFor(_completion!.Task);

    /// <summary>Waits as long as a token and a time limit allow.</summary>
    /// <exception cref="OperationCanceledException">The token has fired.</exception>
    /// <exception cref="TimeoutException">The time is over.</exception>
    public Task<LoadOutcome<TValue>> WaitAsync(TimeSpan limit, TimeProvider timeProvider, CancellationToken cancellationToken)
        => _completion!.Task.WaitAsync(WaitLimit.Of(limit), timeProvider, cancellationToken);

    /// <summary>A caller does not wait any longer. The last one to leave cancels the load.</summary>
    public void Leave()
    {
        if (SharedMemory.Decrement(ref _waiters) == 0)
        {
            _cancellation?.OnAbandoned();
        }
    }

    /// <summary>Tells everybody how it ended. Once, after it was unregistered.</summary>
    public void Publish(in LoadOutcome<TValue> outcome) => _completion?.SetResult(outcome);

    /// <summary>One of those who share it does not look at it any more: who holds it, and who leads once somebody does.</summary>
    public void Release()
    {
        if (SharedMemory.Decrement(ref _references) == 0 && TryReset())
        {
            _pool.Return(this);
        }
    }

    /// <summary>Forgets everything. By the last one who looks at it. False if it must not be used again.</summary>
    public bool TryReset()
    {
        // Links to it are taken down a little later; a factory that was cancelled may be deaf and run on.
        bool isKnown = WasLinked || _cancellation is { HasFired: true };
        Key = default!;
        PreviousValue = default;
        HasPrevious = false;
        MayServePrevious = false;
        _previousTags = null;
        Context?.End();
        Context = null;
        Scope = default;
        Entry = null;
        IsInvalidated = false;
        _completion = null;
        _cancellation = null;
        return !isKnown;
    }

    private void EnsureCompletion()
    {
        // Continuations elsewhere: who ends a load does not run what others do with the result.
        if (_completion is null)
        {
            SharedMemory.TrySet(
                ref _completion,
                new TaskCompletionSource<LoadOutcome<TValue>>(TaskCreationOptions.RunContinuationsAsynchronously));
        }
    }
}
