using FastCache.Threading;

namespace FastCache.Tagging;

/// <summary>When a tag was last invalidated; shared by all entries that have the tag.</summary>
/// <remarks>Moments are generations of the cache's <see cref="TagRegistry"/>, and only grow.</remarks>
internal sealed class TagState
{
    private long _invalidatedAt;

    /// <param name="name">The tag.</param>
    /// <param name="invalidatedAt">When it was last invalidated, as far as anybody knows; 0 for never.</param>
    public TagState(string name, long invalidatedAt)
    {
        Name = name;
        _invalidatedAt = invalidatedAt;
    }

    public string Name { get; }

    // Acquire: whoever sees an invalidation sees what its caller did before.
    public long InvalidatedAt => SharedMemory.ReadAcquire(ref _invalidatedAt);

    /// <summary>Whoever looks from now on sees an invalidation at a generation, or a later one. A full fence.</summary>
    public void InvalidateAt(long generation)
    {
        long seen;
        do
        {
            seen = InvalidatedAt;
        }
        while (seen < generation && !SharedMemory.CompareAndSwap(ref _invalidatedAt, seen, generation));
    }
}
