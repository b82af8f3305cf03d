using System.Diagnostics.CodeAnalysis;
using FastCache.Threading;

namespace FastCache.Tagging;

/// <summary>What a registry knows of a tag: its state for as long as an entry has it, and when it was last invalidated.</summary>
internal sealed class TagSlot(string name, long invalidatedAt)
{
    // Null for a tag that was invalidated and that no entry has had since.
    private WeakReference<TagState>? _state;

    /// <summary>The last invalidation; outlives the state. Under the registry's lock.</summary>
    public long InvalidatedAt { get; set; } = invalidatedAt;

    /// <summary>The state, if an entry or a write in progress still has it. Any thread.</summary>
    public bool TryGetState([NotNullWhen(true)] out TagState? state)
    {
        state = null;
        return SharedMemory.ReadAcquire(ref _state!) is { } known && known.TryGetTarget(out state);
    }

    /// <summary>A new state in the place of one that nobody has any more. Under the registry's lock.</summary>
    public TagState Renew()
    {
        var state = new TagState(name, InvalidatedAt);
        SharedMemory.WriteRelease(ref _state!, new WeakReference<TagState>(state));
        return state;
    }
}
