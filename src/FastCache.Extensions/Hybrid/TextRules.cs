using System.Text;

namespace FastCache.Extensions.Hybrid;

/// <summary>Which keys and tags can be used.</summary>
internal static class TextRules
{
    /// <summary>The tag that everything has.</summary>
    public const string Everything = "*";

    /// <summary>Before the keys of what is not a value; no caller's key begins with it.</summary>
    public const string ReservedPrefix = "__FastCache:";

    private const char LastControl = '\u001F';

    /// <summary>What is wrong with a key.</summary>
    public static KeyFault FaultOf(string? key, int maxLength)
        => string.IsNullOrWhiteSpace(key) ? KeyFault.EmptyOrWhitespace
            : key.Length > maxLength ? KeyFault.TooLong
            : key.AsSpan().IndexOfAnyInRange('\0', LastControl) >= 0 ? KeyFault.ControlCharacters
            : key.StartsWith(ReservedPrefix, StringComparison.Ordinal) ? KeyFault.Reserved
            : KeyFault.None;

    /// <summary>The tags of an entry, without those that occur twice.</summary>
    /// <exception cref="ArgumentException">A tag is null, empty or whitespace, or stands for everything.</exception>
    public static string[] CopyOf(IEnumerable<string>? tags)
    {
        if (tags is null)
        {
            return [];
        }

        string[] copy = [.. tags.Distinct(StringComparer.Ordinal)];
        foreach (string tag in copy)
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(tag, nameof(tags));
            if (tag == Everything)
            {
                throw new ArgumentException("The tag \"*\" stands for everything, and no entry can be given it.", nameof(tags));
            }
        }

        return copy;
    }

    /// <summary>Whether text comes back from UTF-8 as it was.</summary>
    public static bool IsWellFormed(string text)
    {
        ReadOnlySpan<char> rest = text;
        while (!rest.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(rest, out _, out int consumed) != System.Buffers.OperationStatus.Done)
            {
                return false;
            }

            rest = rest[consumed..];
        }

        return true;
    }
}
