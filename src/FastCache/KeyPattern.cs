namespace FastCache;

/// <summary>Which keys of the form <c>namespace:entity:id</c> are meant.</summary>
/// <remarks>Segments between colons; a star is any one segment, as the last one the rest, of one segment or more.</remarks>
internal sealed class KeyPattern
{
    private const char Separator = ':';
    private const string Star = "*";

    private readonly string[] _segments;
    private readonly bool _matchesRest;

    /// <param name="pattern">The pattern.</param>
    /// <exception cref="ArgumentException">A star is a part of a segment, or there is nothing at all.</exception>
    public KeyPattern(string pattern)
    {
        ArgumentException.ThrowIfNullOrEmpty(pattern);
        _segments = pattern.Split(Separator);
        if (_segments.FirstOrDefault(static segment => segment != Star && segment.Contains(Star, StringComparison.Ordinal)) is { } wrong)
        {
            throw new ArgumentException($"'{wrong}' in '{pattern}': a star stands for a whole segment between colons.", nameof(pattern));
        }

        _matchesRest = _segments[^1] == Star;
    }

    /// <summary>Whether a key is meant. O(length), no allocation.</summary>
    public bool Matches(ReadOnlySpan<char> key)
    {
        for (int index = 0; index < _segments.Length; index++)
        {
            if (_matchesRest && index == _segments.Length - 1)
            {
                return true;
            }

            int end = key.IndexOf(Separator);
            ReadOnlySpan<char> segment = end < 0 ? key : key[..end];
            if (_segments[index] != Star && !segment.SequenceEqual(_segments[index]))
            {
                return false;
            }

            if (end < 0)
            {
                return index == _segments.Length - 1;
            }

            key = key[(end + 1)..];
        }

        return false;
    }
}
