using FastCache.Table;
using Xunit;

namespace FastCache.Tests.Unit.Table;

public class StringHashTests
{
    private const int Longest = 200;

    private static readonly HashSecrets Secrets = new(0xC0FFEE);

    [Fact]
    public void Equal_text_has_the_same_hash_wherever_it_lies()
    {
        for (int length = 0; length <= Longest; length++)
        {
            string text = Text(length, seed: length);
            char[] buffer = new char[Longest + 8];
            for (int offset = 0; offset < 8; offset++)
            {
                text.CopyTo(buffer.AsSpan(offset));

                Assert.Equal(Hash(text), Hash(buffer.AsSpan(offset, length)));
            }
        }
    }

    [Fact]
    public void What_surrounds_the_text_does_not_matter()
    {
        for (int length = 0; length <= Longest; length++)
        {
            string text = Text(length, seed: length);
            ulong inZeros = HashBetween(text, '\0');

            Assert.Equal(inZeros, HashBetween(text, '\uFFFF'));
            Assert.Equal(inZeros, HashBetween(text, 'x'));
        }
    }

    [Fact]
    public void One_other_character_gives_another_hash()
    {
        for (int length = 1; length <= Longest; length++)
        {
            char[] text = Text(length, seed: 1000 + length).ToCharArray();
            ulong before = Hash(text);
            for (int i = 0; i < length; i++)
            {
                foreach (char change in new[] { '\u0001', '\u0100', '\u8000' })
                {
                    text[i] ^= change;

                    Assert.True(before != Hash(text), $"length {length}, character {i}");

                    text[i] ^= change;
                }
            }
        }
    }

    [Theory]
    [InlineData('\0')]
    [InlineData('a')]
    [InlineData('\uD800')]
    public void Repetitions_of_one_character_differ_by_their_number(char character)
    {
        IEnumerable<ulong> hashes = Enumerable.Range(0, 5000).Select(length => Hash(new string(character, length)));

        Assert.Equal(5000, hashes.Distinct().Count());
    }

    [Fact]
    public void Two_characters_that_trade_places_give_another_hash()
    {
        for (int length = 2; length <= 64; length++)
        {
            char[] text = [.. Enumerable.Range(0, length).Select(i => (char)('A' + i))];
            ulong before = Hash(text);
            for (int i = 0; i < length; i++)
            {
                for (int j = i + 1; j < length; j++)
                {
                    (text[i], text[j]) = (text[j], text[i]);

                    Assert.True(before != Hash(text), $"length {length}: {i} and {j}");

                    (text[i], text[j]) = (text[j], text[i]);
                }
            }
        }
    }

    [Fact]
    public void Unpaired_and_paired_surrogates_are_characters_like_any_other()
    {
        string[] texts = ["\uD83D\uDE00", "\uDE00\uD83D", "\uD83D", "\uDE00", "\uD83D\uD83D", "\uFFFD", "\uFFFD\uFFFD"];

        Assert.Equal(texts.Length, texts.Select(text => Hash(text)).Distinct().Count());
        Assert.All(texts, text => Assert.Equal(Hash(text), Hash(text.ToCharArray())));
    }

    [Fact]
    public void A_hundred_thousand_numbered_strings_have_different_hashes()
    {
        IEnumerable<ulong> hashes = Enumerable.Range(0, 100_000).Select(i => Hash($"session/{i:D9}/cart"));

        Assert.Equal(100_000, hashes.Distinct().Count());
    }

    private static ulong Hash(ReadOnlySpan<char> text) => StringHash.Hash(text, Secrets);

    private static ulong HashBetween(string text, char surroundings)
    {
        char[] buffer = new char[text.Length + 32];
        Array.Fill(buffer, surroundings);
        text.CopyTo(buffer.AsSpan(16));
        return Hash(buffer.AsSpan(16, text.Length));
    }

    /// <summary>Any sixteen bits, unpaired surrogates included.</summary>
    private static string Text(int length, int seed)
    {
        var random = new Random(seed);
        return string.Create(length, random, (span, source) =>
        {
            foreach (ref char character in span)
            {
                character = (char)source.Next(0x10000);
            }
        });
    }
}
