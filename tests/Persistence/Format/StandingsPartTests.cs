using FastCache.Eviction;
using FastCache.Journaling;
using FastCache.Persistence.Format;
using FastCache.Tests.Persistence.Simulation;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace FastCache.Tests.Persistence.Format;

public sealed class StandingsPartTests
{
    [Fact]
    public void What_is_written_is_read_back()
    {
        Gen<(int Seed, int Count)> parts = from seed in Gen.Choose(0, int.MaxValue - 1) from count in Gen.Choose(0, 100) select (seed, count);
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Arb.From(parts), part => RoundTrips(part.Seed, part.Count)));
    }

    [Fact]
    public void Bytes_of_whatever_kind_are_refused_or_read_to_the_end()
    {
        var random = new SplitMix(1);
        int read = 0;
        for (int round = 0; round < 20_000; round++)
        {
            byte[] bytes = new byte[random.Next(200)];
            random.Fill(bytes);
            if (random.Next(2) == 0 && bytes.Length >= StandingsPart.HeaderLength)
            {
                // Otherwise hardly any has as many entries as it says.
                bytes.AsSpan(12, 4).Clear();
            }

            if (!StandingsPart.TryRead(bytes, out StandingsPart part))
            {
                continue;
            }

            read++;
            for (int index = 0; index < part.Count; index++)
            {
                EntryStanding standing = part.StandingOf(index);
                Assert.True(Enum.IsDefined(standing.Queue));
                Assert.InRange(standing.Frequency, 0, 15);
                part.DigestOf(index);
            }

            Assert.InRange(part.WindowShare, 0, 1);
            Assert.True(part.First + (ulong)part.Count <= part.Total);
        }

        Assert.True(read > 100);
    }

    [Fact]
    public void A_part_that_is_too_short_or_has_half_an_entry_is_none()
    {
        byte[] bytes = new byte[StandingsPart.LengthOf(1)];
        StandingsPart.Write(bytes, asOf: 1, total: 1, first: 0, windowShare: 0, [7], [default]);
        Assert.True(StandingsPart.TryRead(bytes, out _));
        for (int length = 0; length < bytes.Length; length++)
        {
            // Without entries it is a part of a snapshot that has one elsewhere.
            Assert.Equal(length == StandingsPart.HeaderLength, StandingsPart.TryRead(bytes.AsSpan(0, length), out _));
        }
    }

    private static bool RoundTrips(int seed, int count)
    {
        var random = new SplitMix(seed);
        ulong[] digests = [.. Enumerable.Range(0, count).Select(_ => random.Next())];
        EntryStanding[] standings = [.. digests.Select(digest =>
            new EntryStanding((SlotQueue)(digest % 4), (digest & 64) != 0, (int)(digest >> 32) & 15))];
        ulong asOf = random.Next();
        uint first = (uint)random.Next(1000);
        double window = random.Next(1001) / 1000.0;
        byte[] bytes = new byte[StandingsPart.LengthOf(count)];
        bytes.AsSpan().Fill(0xFF);
        StandingsPart.Write(bytes, asOf, first + (uint)count + 3, first, window, digests, standings);

        Assert.True(StandingsPart.TryRead(bytes, out StandingsPart part));
        Assert.Equal((asOf, first, first + (uint)count + 3, count), (part.AsOf, part.First, part.Total, part.Count));
        Assert.Equal(window, part.WindowShare, tolerance: 1e-9);
        for (int index = 0; index < count; index++)
        {
            Assert.Equal((digests[index], standings[index]), (part.DigestOf(index), part.StandingOf(index)));
        }

        return true;
    }
}
