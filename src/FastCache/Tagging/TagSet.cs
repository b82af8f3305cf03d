namespace FastCache.Tagging;

/// <summary>The tags of one entry, and the moment at which it began to be made.</summary>
/// <remarks>Immutable. It keeps the states of its tags alive: see <see cref="TagRegistry"/>.</remarks>
internal sealed class TagSet
{
    // Most entries have one tag: that needs no array.
    private readonly TagState _first;
    private readonly TagState[] _others;
    private readonly long _generation;

    /// <param name="first">The state of one tag.</param>
    /// <param name="others">Those of the others.</param>
    /// <param name="generation">What <see cref="TagRegistry.Generation"/> was when the write, or the load, began.</param>
    public TagSet(TagState first, TagState[] others, long generation)
    {
        _first = first;
        _others = others;
        _generation = generation;
    }

    /// <summary>How many tags there are.</summary>
    public int Count => 1 + _others.Length;

    /// <summary>Whether one of the tags was invalidated since. Once it is, it stays so. O(tags).</summary>
    public bool IsInvalidated
    {
        get
        {
            bool isInvalidated = _first.InvalidatedAt > _generation;
            for (int index = 0; index < _others.Length && !isInvalidated; index++)
            {
                isInvalidated = _others[index].InvalidatedAt > _generation;
            }

            return isInvalidated;
        }
    }

    /// <summary>A tag.</summary>
    public string this[int index] => (index == 0 ? _first : _others[index - 1]).Name;
}
