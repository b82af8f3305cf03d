using FastCache.Table;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace FastCache.Tests.Properties.Table;

public class StringHashProperties
{
    /// <summary>Any 16 bits a character, unpaired surrogates included; up to 200 of them.</summary>
    private static readonly Gen<string> Text =
        from length in Gen.Choose(0, 200)
        from characters in Gen.ArrayOf(Gen.Choose(0, char.MaxValue).Select(code => (char)code), length)
        select new string(characters);

    [Fact]
    public void A_part_of_a_text_has_the_hash_of_the_same_text_alone()
        => Prop.ForAll(
            Arb.From(Text),
            Arb.From(Gen.Choose(0, int.MaxValue)),
            (text, choice) =>
            {
                var secrets = new HashSecrets((ulong)choice);
                int start = choice % (text.Length + 1);
                int length = choice / 7 % (text.Length - start + 1);
                string part = text.Substring(start, length);
                return StringHash.Hash(text.AsSpan(start, length), secrets) == StringHash.Hash(part, secrets);
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void Different_texts_have_different_hashes()
        => Prop.ForAll(
            Arb.From(Text),
            Arb.From(Text),
            (first, second) => first == second
                || StringHash.Hash(first, new HashSecrets(5)) != StringHash.Hash(second, new HashSecrets(5)))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void A_text_with_more_or_other_characters_has_another_hash()
        => Prop.ForAll(
            Arb.From(Text),
            Arb.From(Gen.Choose(0, int.MaxValue)),
            (text, choice) =>
            {
                var secrets = new HashSecrets(6);
                ulong hash = StringHash.Hash(text, secrets);
                char[] changed = text.ToCharArray();
                if (changed.Length > 0)
                {
                    changed[choice % changed.Length] ^= (char)(1 << (choice % 16));
                }

                return hash != StringHash.Hash(text + (char)choice, secrets)
                    && hash != StringHash.Hash((char)choice + text, secrets)
                    && (changed.Length == 0 || hash != StringHash.Hash(changed, secrets));
            }).QuickCheckThrowOnFailure();
}
