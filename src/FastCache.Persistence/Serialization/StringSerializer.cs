using System.Buffers;
using System.Text;

namespace FastCache.Persistence.Serialization;

/// <summary>
/// A string: UTF-8, or, for one with halves of surrogate pairs, which UTF-8 cannot express, its UTF-16 behind a byte that no UTF-8 holds.
/// </summary>
internal sealed class StringSerializer : ILogSerializer<string>
{
    private const byte Utf16Mark = 0xFF;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <inheritdoc/>
    public string Format => "string";

    /// <inheritdoc/>
    public void Serialize(string value, IBufferWriter<byte> destination)
    {
        Span<byte> bytes = destination.GetSpan(Math.Max(1, Encoding.UTF8.GetMaxByteCount(value.Length)));
        OperationStatus status = System.Text.Unicode.Utf8.FromUtf16(
            value, bytes, out _, out int written, replaceInvalidSequences: false);
        if (status == OperationStatus.Done)
        {
            destination.Advance(written);
            return;
        }

        ReadOnlySpan<char> chars = value;
        bytes = destination.GetSpan(1 + (chars.Length * sizeof(char)));
        bytes[0] = Utf16Mark;
        for (int at = 0; at < chars.Length; at++)
        {
            bytes[1 + (2 * at)] = (byte)chars[at];
            bytes[2 + (2 * at)] = (byte)(chars[at] >> 8);
        }

        destination.Advance(1 + (chars.Length * sizeof(char)));
    }

    /// <inheritdoc/>
    public string Deserialize(ReadOnlySpan<byte> source)
    {
        if (source is not [Utf16Mark, ..])
        {
            return Utf8.GetString(source);
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
