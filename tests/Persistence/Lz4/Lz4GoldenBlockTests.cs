using System.Text;
using FastCache.Persistence.Lz4;
using Xunit;

namespace FastCache.Tests.Persistence.Lz4;

/// <summary>Blocks written by hand from the text of the format, with its examples.</summary>
public class Lz4GoldenBlockTests
{
    /// <summary>Hexadecimal blocks, and what they hold.</summary>
    public static TheoryData<string, string> Blocks => new()
    {
        // "Even empty input can be represented, using a zero byte."
        { "00", "" },
        { "10 61", "a" },
        { "50 6162636465", "abcde" },

        // "A literal length of 15": 15, then 0.
        { "F0 00" + Repeat("62", 15), new string('b', 15) },

        // "A literal length of 48": 15, then 33.
        { "F0 21" + Repeat("63", 48), new string('c', 48) },

        // "A literal length of 280": 15, then 255, then 10.
        { "F0 FF 0A" + Repeat("64", 280), new string('d', 280) },

        // "0 means 4 bytes"; offset 1: the last byte, repeated.
        { "10 61 0100 50 6263646566", "aaaaabcdef" },

        // Offset 3, little endian, and a match of 18, the longest without a further byte.
        { "3E 616263 0300 50 7878787878", "abcabcabcabcabcabcabcxxxxx" },

        // "15 is special, meaning 19+": 15, then 0; and 15, then 255, then 1.
        { "1F 61 0100 00 50 7878787878", new string('a', 20) + "xxxxx" },
        { "1F 61 0100 FF 01 50 7878787878", new string('a', 1 + 19 + 256) + "xxxxx" },

        // A sequence without literals; the second match takes what the first has made.
        { "40 61626364 0400 02 0800 50 7878787878", "abcdabcdabcdabxxxxx" },

        // An offset of two bytes' worth: 0x0120 back to the first of 288 literals.
        { "F0 FF 12" + Hex("start") + Repeat("2E", 283) + "2001 50 7878787878", "start" + new string('.', 283) + "star" + "xxxxx" },
    };

    /// <summary>What the text calls invalid, or what ends too early.</summary>
    public static TheoryData<string, int> Invalid => new()
    {
        { "", 0 },
        { "", 1 },
        { "10", 1 },
        { "F0", 15 },
        { "F0 FF", 270 },

        // "The presence of a 0 offset value denotes an invalid (corrupted) block."
        { "10 61 0000 50 6263646566", 10 },

        // Further back than there is anything.
        { "10 61 0200 50 6263646566", 10 },

        // Half an offset; no offset's length byte; a match at the end: "the last sequence contains only literals".
        { "10 61 01", 5 },
        { "1F 61 0100", 20 },
        { "10 61 0100", 5 },
        { "10 61 0100 00", 6 },
    };

    [Theory]
    [MemberData(nameof(Blocks))]
    public void A_block_of_the_format_is_read(string block, string text)
    {
        byte[] encoded = Bytes(block);
        byte[] expected = Encoding.ASCII.GetBytes(text);
        byte[] decoded = new byte[expected.Length];

        Assert.True(Lz4BlockCodec.Shared.TryDecode(encoded, decoded));
        Assert.Equal(expected, decoded);

        decoded.AsSpan().Clear();
        Assert.True(OracleDecoder.TryDecode(encoded, decoded));
        Assert.Equal(expected, decoded);
    }

    [Theory]
    [MemberData(nameof(Invalid))]
    public void An_invalid_block_is_refused(string block, int length)
    {
        Assert.False(Lz4BlockCodec.Shared.TryDecode(Bytes(block), new byte[length]));
        Assert.False(OracleDecoder.TryDecode(Bytes(block), new byte[length]));
    }

    [Theory]
    [InlineData("", "00")]
    [InlineData("abcde", "50 6162636465")]
    [InlineData("aaaaaaaaaaaa", "C0 616161616161616161616161")]
    [InlineData("aaaaaaaaaaaaa", "13 61 0100 50 6161616161")]
    public void Ours_is_written_so(string text, string block)
    {
        byte[] encoded = new byte[100];

        int length = Lz4BlockCodec.Shared.Encode(Encoding.ASCII.GetBytes(text), encoded);

        Assert.Equal(Bytes(block), encoded[..length]);
    }

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

    private static string Hex(string text) => Convert.ToHexString(Encoding.ASCII.GetBytes(text));

    private static string Repeat(string hex, int count) => string.Concat(Enumerable.Repeat(hex, count));
}
