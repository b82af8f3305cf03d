using FastCache.Persistence;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace FastCache.Tests.Persistence.Serialization;

public sealed class StringSerializerTests
{
    private static readonly ILogSerializer<string> Strings = Wire.Of<string>();

    // What UTF-8 does in one, two, three and four bytes, both halves of pairs, what is easily mistaken for a mark of the encoding.
    private static readonly char[] Letters =
        ['a', '\0', '\x7F', '\x80', 'ä', '\u07FF', '\u0800', '\uD7FF', '\uD800', '\uDBFF', '\uDC00', '\uDFFF', '\uE000', '\uFEFF', '\uFFFD', '\uFFFF'];

    [Theory]
    [InlineData("", "")]
    [InlineData("a", "61")]
    [InlineData("\0", "00")]
    [InlineData("ä", "C3A4")]
    [InlineData("\uFEFFa", "EFBBBF61")]
    [InlineData("\uFFFDa", "EFBFBD61")]
    [InlineData("\uFFFF", "EFBFBF")]
    [InlineData("\U0001F600", "F09F9880")]
    public void A_string_is_written_in_utf8(string value, string hex)
    {
        Assert.Equal(hex, Convert.ToHexString(Strings.Write(value)));
        Assert.Equal(value, Strings.RoundTrip(value));
    }

    // Not by InlineData: a runner that passes names on as UTF-8 would replace what this is about.
    [Fact]
    public void A_string_that_utf8_cannot_express_is_written_in_utf16_behind_a_mark()
    {
        Assert.Equal("FF00D8", Convert.ToHexString(Strings.Write("\uD800")));
        Assert.Equal("FF00DC00D8", Convert.ToHexString(Strings.Write("\uDC00\uD800")));
        Assert.Equal("FF610000D86200", Convert.ToHexString(Strings.Write("a\uD800b")));
    }

    [Fact]
    public void Every_string_of_up_to_three_strange_letters_comes_back_and_no_two_have_the_same_bytes()
    {
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        IEnumerable<string> strings = [""];
        for (int length = 0; length <= 3; length++)
        {
            foreach (string value in strings)
            {
                byte[] bytes = Strings.Write(value);
                Assert.Equal(value, Strings.Deserialize(bytes));
                Assert.True(seen.TryAdd(Convert.ToHexString(bytes), value));
            }

            strings = [.. strings.SelectMany(static value => Letters.Select(letter => value + letter))];
        }
    }

    [Fact]
    public void Every_string_comes_back()
        => Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(500),
            Prop.ForAll(
                Arb.From(Gen.Choose(0, char.MaxValue).Select(static letter => (char)letter).ListOf()),
                static letters =>
                {
                    string value = string.Concat(letters);
                    Assert.Equal(value, Strings.RoundTrip(value));
                }));

    [Fact]
    public void Long_strings_come_back()
    {
        foreach (int length in (int[])[1_000, 65_536, 1_000_000])
        {
            foreach (char letter in Letters)
            {
                string value = new(letter, length);
                Assert.Equal(value, Strings.RoundTrip(value));
            }
        }
    }

    [Theory]
    [InlineData("80")]
    [InlineData("C3")]
    [InlineData("C080")]
    [InlineData("EDA080")]
    [InlineData("F8")]
    [InlineData("FE")]
    [InlineData("61FF")]
    public void What_is_no_utf8_is_refused(string hex)
        => Assert.ThrowsAny<Exception>(() => Strings.Deserialize(Convert.FromHexString(hex)));

    [Theory]
    [InlineData("FF00")]
    [InlineData("FF00D800")]
    public void Half_a_letter_is_refused(string hex)
        => Assert.ThrowsAny<Exception>(() => Strings.Deserialize(Convert.FromHexString(hex)));
}
