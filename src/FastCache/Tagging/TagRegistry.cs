using System.Collections.Concurrent;
using FastCache.Threading;

namespace FastCache.Tagging;

/// <summary>The tags of a cache: how many invalidations there were, and the state of each tag.</summary>
/// <remarks>
/// <para>The number of invalidations is the cache's <see cref="Generation"/>. Entries note it when they begin to be made, tags when they are
/// invalidated, and an entry is out of date if one of its tags has the higher number. So an invalidation costs the same however many
/// entries there are, and hits what is still being loaded.</para>
/// <para>States are held weakly: a tag that no entry has any more is forgotten, and its last invalidation with it. What is forgotten counts
/// for every tag that comes into being later, so that a load which began before an invalidation never escapes it; at worst the load of
/// another new tag is not kept. While a log is read, nothing is forgotten: what comes back from it began before everything else.</para>
/// <para>A state is made, invalidated and forgotten under a lock, and so complete when it is found; see "Tags are made under a lock" in
/// docs/design/decisions.md. Found and looked at it is without one. Thread-safe. Takes no memory before the first tag.</para>
/// </remarks>
internal sealed class TagRegistry
{
    // Below this many slots none is looked for that could be given up.
    private const int FirstPruning = 1024;

    private readonly Lock _gate = new();
    private ConcurrentDictionary<string, TagSlot>? _slots;
    private long _generation;
    private int _isPruning;

    // Under the lock.
    private bool _forgets;
    private long _forgottenAt;
    private int _count;
    private int _pruneAt = FirstPruning;

    /// <param name="forgets">Whether tags that no entry has any more are given up from the start.</param>
    public TagRegistry(bool forgets) => _forgets = forgets;

    /// <summary>How many invalidations there were. A load asks before it looks at what it makes its value from.</summary>
    // Acquire: who sees an invalidation sees what its caller did before, and loads from that.
    public long Generation => SharedMemory.ReadAcquire(ref _generation);

    /// <summary>How many tags it knows.</summary>
    internal int Count
    {
        get
        {
            lock (_gate)
            {
                return _count;
            }
        }
    }

    /// <summary>The tags of an entry. One allocation for one tag, two for several, and some for a tag that no entry has yet.</summary>
    /// <param name="tags">At least one; one that occurs twice counts once.</param>
    /// <param name="generation">What <see cref="Generation"/> was when the load began; null for a write, which begins now.</param>
    public TagSet SetOf(ReadOnlySpan<string> tags, long? generation = null)
    {
        TagState first = StateOf(tags[0]);
        TagState[] others = tags.Length == 1 ? [] : new TagState[tags.Length - 1];
        for (int index = 0; index < others.Length; index++)
        {
            others[index] = StateOf(tags[index + 1]);
        }

        // Last: what was forgotten meanwhile, of other tags too, does not concern a write.
        return new TagSet(first, others, generation ?? Generation);
    }

    /// <summary>
    /// Whatever began to be made before with a tag is out of date when this returns. False if no entry can have the tag, but what is
    /// being loaded.
    /// </summary>
    public bool Invalidate(string tag)
    {
        lock (_gate)
        {
            TagSlot slot = SlotOf(tag);
            slot.InvalidatedAt = SharedMemory.Increment(ref _generation);
            bool isKnown = slot.TryGetState(out TagState? state);
            state?.InvalidateAt(slot.InvalidatedAt);
            return isKnown;
        }
    }

    /// <summary>After invalidations, outside any lock: gives up the tags that no entry has any more, if there are many. Amortised O(1).</summary>
    public void Prune()
    {
        bool hasTooMany;
        lock (_gate)
        {
            hasTooMany = HasTooMany;
        }

        PruneIf(hasTooMany);
    }

    /// <summary>From now on tags that no entry has any more are given up.</summary>
    public void BeginToForget()
    {
        lock (_gate)
        {
            _forgets = true;
        }
    }

    /// <summary>Under the lock.</summary>
    private bool HasTooMany => _forgets && _count >= _pruneAt;

    private TagState StateOf(string tag)
    {
        if (SharedMemory.ReadAcquire(ref _slots!) is { } slots
            && slots.TryGetValue(tag, out TagSlot? known)
            && known.TryGetState(out TagState? state))
        {
            return state;
        }

        bool hasTooMany;
        lock (_gate)
        {
            TagSlot slot = SlotOf(tag);
            if (!slot.TryGetState(out state))
            {
                state = slot.Renew();
            }

            hasTooMany = HasTooMany;
        }

        PruneIf(hasTooMany);
        return state;
    }

    /// <summary>Under the lock.</summary>
    private TagSlot SlotOf(string tag)
    {
        if (_slots is null)
        {
            SharedMemory.WriteRelease(ref _slots!, new ConcurrentDictionary<string, TagSlot>(StringComparer.Ordinal));
        }

        if (!_slots.TryGetValue(tag, out TagSlot? slot))
        {
            // What was forgotten of the tag, if anything was.
            slot = _slots[tag] = new TagSlot(tag, _forgottenAt);
            _count++;
        }

        return slot;
    }

    // When there are twice as many as after the last time.
    private void PruneIf(bool hasTooMany)
    {
        if (!hasTooMany || SharedMemory.Exchange(ref _isPruning, 1) != 0)
        {
            return;
        }

        // The lock is taken for one tag at a time: others who need it do not wait for all of them.
        foreach (KeyValuePair<string, TagSlot> pair in _slots!)
        {
            if (!pair.Value.TryGetState(out _))
            {
                TryForget(pair);
            }
        }

        lock (_gate)
        {
            _pruneAt = Math.Max(FirstPruning, 2 * _count);
        }

        SharedMemory.WriteRelease(ref _isPruning, 0);
    }

    private void TryForget(KeyValuePair<string, TagSlot> pair)
    {
        lock (_gate)
        {
            // A write may have found the tag meanwhile. A slot without a state gets one under this lock only.
            if (!pair.Value.TryGetState(out _) && _slots!.TryRemove(pair))
            {
                _forgottenAt = Math.Max(_forgottenAt, pair.Value.InvalidatedAt);
                _count--;
            }
        }
    }
}
