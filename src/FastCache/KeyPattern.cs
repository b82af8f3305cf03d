using System.Diagnostics.CodeAnalysis;

namespace FastCache;

/// <summary>Which keys are meant, of those that are text: what begins with something, or has the form <c>namespace:entity:id</c>.</summary>
/// <remarks>
/// A form has segments between colons; a star is any one segment, as the last one the rest, of one segment or more. Immutable.
/// </remarks>
internal sealed class KeyPattern
{
    private const char Separator = ':';
    private const string Star = "*";

    // Null for a prefix.
    private readonly string[]? _segments;

    private KeyPattern(string text, string[]? segments)
    {
        Text = text;
        _segments = segments;
    }

    /// <summary>What it was made from.</summary>
    public string Text { get; }

    /// <summary>Whether the keys are meant that begin with <see cref="Text"/>.</summary>
    public bool IsPrefix => _segments is null;

    /// <summary>Keys that begin with a text, compared ordinally.</summary>
    public static KeyPattern Prefix(string prefix) => new(prefix, segments: null);

    /// <summary>Keys of a form.</summary>
    /// <exception cref="ArgumentException">A star is a part of a segment, or there is nothing at all.</exception>
    public static KeyPattern Parse(string pattern)
    {
        ArgumentException.ThrowIfNullOrEmpty(pattern);
        return TryParse(pattern, out KeyPattern? parsed, out string? wrong)
            ? parsed
            : throw new ArgumentException($"'{wrong}' in '{pattern}': a star stands for a whole segment between colons.", nameof(pattern));
    }

    /// <summary>The same; false if there is nothing, or <paramref name="wrong"/> has a star as a part.</summary>
    public static bool TryParse(
        string pattern, [NotNullWhen(true)] out KeyPattern? parsed, [NotNullWhen(false)] out string? wrong)
    {
        string[] segments = pattern.Split(Separator);
        wrong = pattern.Length == 0 ? "" : segments.FirstOrDefault(IsWrong);
        parsed = wrong is null ? new KeyPattern(pattern, segments) : null;
        return parsed is not null;

        static bool IsWrong(string segment) => segment != Star && segment.Contains(Star, StringComparison.Ordinal);
    }

    /// <summary>Whether a key is meant. O(length), no allocation.</summary>
    public bool Matches(ReadOnlySpan<char> key) => _segments is null ? key.StartsWith(Text) : Matches(_segments, key);

    private static bool Matches(string[] segments, ReadOnlySpan<char> key)
    {
        for (int index = 0; index < segments.Length; index++)
        {
            bool isLast = index == segments.Length - 1;
            if (isLast && segments[index] == Star)
            {
                return true;
            }

            int end = key.IndexOf(Separator);
            ReadOnlySpan<char> segment = end < 0 ? key : key[..end];
            if (segments[index] != Star && !segment.SequenceEqual(segments[index]))
            {
                return false;
            }

            if (end < 0)
            {
                return isLast;
            }

            key = key[(end + 1)..];
        }

        return false;
    }
}
