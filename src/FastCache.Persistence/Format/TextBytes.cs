using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace FastCache.Persistence.Format;

/// <summary>
/// Text in bytes: UTF-8, or, for what has halves of surrogate pairs, which UTF-8 cannot express, its UTF-16 behind a byte that no UTF-8
/// holds. Equal texts have equal bytes, and others have others.
/// </summary>
internal static class TextBytes
{
    private const byte Utf16Mark = 0xFF;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The most bytes that a text may take.</summary>
    public static int MaxLengthOf(string text) => 1 + Encoding.UTF8.GetMaxByteCount(text.Length);

    /// <summary>Writes a text; how many bytes it takes.</summary>
    /// <param name="text">The text.</param>
    /// <param name="destination">At least <see cref="MaxLengthOf"/> bytes.</param>
    public static int Write(string text, Span<byte> destination)
    {
        if (Utf8.FromUtf16(text, destination, out _, out int written, replaceInvalidSequences: false) == OperationStatus.Done)
        {
            return written;
        }

        destination[0] = Utf16Mark;
        for (int at = 0; at < text.Length; at++)
        {
            destination[1 + (2 * at)] = (byte)text[at];
            destination[2 + (2 * at)] = (byte)(text[at] >> 8);
        }

        return 1 + (text.Length * sizeof(char));
    }

    /// <summary>Whether there is a text in it.</summary>
    public static bool IsValid(ReadOnlySpan<byte> source)
        => source is [Utf16Mark, ..] ? source.Length % sizeof(char) == 1 : Utf8.IsValid(source);

    /// <summary>Reads a text.</summary>
    /// <exception cref="ArgumentException">There is none in it.</exception>
    /// <exception cref="InvalidDataException">The same, of UTF-16.</exception>
    public static string Read(ReadOnlySpan<byte> source)
    {
        if (source is not [Utf16Mark, ..])
        {
            return Strict.GetString(source);
        }

        ReadOnlySpan<byte> bytes = source[1..];
        if (bytes.Length % sizeof(char) != 0)
        {
            throw new InvalidDataException($"{bytes.Length} bytes are no UTF-16.");
        }

        return string.Create(bytes.Length / sizeof(char), bytes, static (chars, bytes) =>
        {
            for (int at = 0; at < chars.Length; at++)
            {
                chars[at] = (char)(bytes[2 * at] | (bytes[(2 * at) + 1] << 8));
            }
        });
    }
}
