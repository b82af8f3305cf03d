using System.Numerics;
using FastCache.Table;
using Xunit;

namespace FastCache.Tests.Unit.Table;

public class HashSecretsTests
{
    [Fact]
    public void Secrets_are_odd_balanced_and_differ_from_each_other_for_any_seed()
    {
        for (ulong seed = 0; seed < 1000; seed++)
        {
            var secrets = new HashSecrets(seed * 0xDEAD_BEEF_1234_5677);
            ulong[] all = [secrets.A, secrets.B, secrets.C];

            Assert.Equal(3, all.Distinct().Count());
            Assert.All(all, secret => Assert.Equal(1u, secret & 1));
            Assert.All(all, secret => Assert.InRange(BitOperations.PopCount(secret), 24, 40));
        }
    }

    [Fact]
    public void Secrets_are_the_first_balanced_numbers_of_SplitMix64_for_the_seed()
    {
        // The third number of seed 0, 0x06C45D188009454F, has too few bits.
        var secrets = new HashSecrets(seed: 0);
        Assert.Equal((0xE220_A839_7B1D_CDAFUL, 0x6E78_9E6A_A1B9_65F5UL, 0xF88B_B8A8_724C_81EDUL), (secrets.A, secrets.B, secrets.C));

        for (ulong seed = 0; seed < 2000; seed++)
        {
            Assert.Equal(Numbers(seed).First(number => BitOperations.PopCount(number) is >= 24 and <= 40), new HashSecrets(seed).A);
        }

        static IEnumerable<ulong> Numbers(ulong state)
        {
            while (true)
            {
                state += 0x9E37_79B9_7F4A_7C15;
                ulong number = state;
                number = (number ^ (number >> 30)) * 0xBF58_476D_1CE4_E5B9;
                number = (number ^ (number >> 27)) * 0x94D0_49BB_1331_11EB;
                yield return (number ^ (number >> 31)) | 1;
            }
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_secrets()
    {
        var (first, second) = (new HashSecrets(99), new HashSecrets(99));

        Assert.Equal((first.A, first.B, first.C), (second.A, second.B, second.C));
    }

    [Fact]
    public void Different_seeds_give_different_secrets()
    {
        IEnumerable<ulong> firsts = Enumerable.Range(0, 10_000).Select(seed => new HashSecrets((ulong)seed).A);

        Assert.Equal(10_000, firsts.Distinct().Count());
    }

    [Theory]
    [InlineData(0UL, 0UL)]
    [InlineData(1UL, ulong.MaxValue)]
    [InlineData(ulong.MaxValue, ulong.MaxValue)]
    [InlineData(0x0123_4567_89AB_CDEFUL, 0xFEDC_BA98_7654_3210UL)]
    public void A_fold_is_the_exclusive_or_of_both_halves_of_the_product(ulong a, ulong b)
    {
        UInt128 product = (UInt128)a * b;

        Assert.Equal((ulong)product ^ (ulong)(product >> 64), HashSecrets.Fold(a, b));
    }

    [Fact]
    public void Both_words_and_their_order_count()
    {
        var secrets = new HashSecrets(7);

        Assert.NotEqual(secrets.Mix(1, 2), secrets.Mix(2, 1));
        Assert.NotEqual(secrets.Mix(1, 2), secrets.Mix(1, 3));
        Assert.NotEqual(secrets.Mix(1, 2), secrets.Mix(0, 2));
    }
}
