using FastCache.Table;
using FastCache.Timing;
using Xunit;

namespace FastCache.Tests.Unit.Table;

/// <summary>Regular keys, a real hash, a real table: what an uneven hash would cost.</summary>
public class HashedTableTests
{
    private const int Entries = 12_000;
    private const int Seeds = 200;

    [Theory]
    [InlineData(1L)]
    [InlineData(1000L)]
    [InlineData(1L << 16)]
    [InlineData(1L << 32)]
    public void Regular_integers_fill_a_table_whatever_the_seed(long stride)
    {
        for (ulong seed = 0; seed < Seeds; seed++)
        {
            var hasher = new KeyHasher<long>(null, seed * 0x9E37_79B9_7F4A_7C15);

            (int refused, int displaced) = Fill(i => hasher.Hash(i * stride));

            // Of random hashes, 5 % find their home full and next to none find no place.
            Assert.True(
                refused <= Entries / 1000 && displaced <= Entries / 5,
                $"seed number {seed}, stride {stride}: {refused} of {Entries} found no place, {displaced} not in their home");
        }
    }

    [Fact]
    public void Numbered_strings_fill_a_table_whatever_the_seed()
    {
        string[] keys = [.. Enumerable.Range(0, Entries).Select(i => $"key{i}")];
        for (ulong seed = 0; seed < Seeds; seed++)
        {
            var hasher = new KeyHasher<string>(null, seed * 0x9E37_79B9_7F4A_7C15);

            (int refused, int displaced) = Fill(i => hasher.Hash(keys[i]));

            Assert.True(
                refused <= Entries / 1000 && displaced <= Entries / 5,
                $"seed number {seed}: {refused} of {Entries} found no place, {displaced} not in their home");
        }
    }

    private static (int Refused, int Displaced) Fill(Func<long, ulong> hashOf)
    {
        Table<long, byte> table = new TestTable<long, byte>(TableSize.For(Entries, Entries)).Table;
        (int refused, int displaced) = (0, 0);
        for (long i = 0; i < Entries; i++)
        {
            var hash = new KeyHash(hashOf(i));
            if (!table.TryInsert(i, hash, 0, default, Tick.Never, 0, -1, out int slot))
            {
                refused++;
            }
            else if (slot / TagGroup.Slots != hash.PlaceAmong((uint)table.Size.Groups).Home)
            {
                displaced++;
            }
        }

        return (refused, displaced);
    }
}
