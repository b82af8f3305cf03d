using FastCache.Bench.Workloads;

namespace FastCache.Tests.Persistence.Lz4;

/// <summary>Makes hostile blocks of valid ones.</summary>
internal static class Mutation
{
    /// <summary>Changes <paramref name="block"/> in one place, or in up to four.</summary>
    public static void Apply(List<byte> block, IReadOnlyList<byte[]> others, ref SplitMix64 random)
    {
        for (long changes = random.NextBelow(3) == 0 ? 1 + random.NextBelow(4) : 1; changes > 0; changes--)
        {
            ApplyOne(block, others, ref random);
        }
    }

    private static void ApplyOne(List<byte> block, IReadOnlyList<byte[]> others, ref SplitMix64 random)
    {
        if (block.Count == 0)
        {
            block.Add((byte)random.Next());
            return;
        }

        int place = (int)random.NextBelow(block.Count);
        int count = (int)Math.Min(block.Count - place, 1 + random.NextBelow(20));
        switch (random.NextBelow(10))
        {
            case 0:
                block[place] ^= (byte)(1 << (int)random.NextBelow(8));
                break;
            case 1:
                block[place] = (byte)random.Next();
                break;
            case 2:
                // A length of its own bytes, and often one too long.
                block[place] = byte.MaxValue;
                break;
            case 3:
                block[place] = 0;
                break;
            case 4:
                block.RemoveRange(place, count);
                break;
            case 5:
                block.RemoveRange(place, block.Count - place);
                break;
            case 6:
                block.InsertRange(place, Enumerable.Repeat(byte.MaxValue, count));
                break;
            case 7:
                block.InsertRange(place, block.GetRange(place, count));
                break;
            case 8:
                // A length that does not end before the block does.
                block.RemoveRange(place, block.Count - place);
                block.AddRange(random.NextBelow(2) == 0 ? (byte[])[0xF0] : [0x0F, 1, 0]);
                block.AddRange(Enumerable.Repeat(byte.MaxValue, (int)random.NextBelow(60)));
                break;
            default:
                byte[] other = others[(int)random.NextBelow(others.Count)];
                block.RemoveRange(place, block.Count - place);
                block.AddRange(other.AsSpan((int)random.NextBelow(other.Length)));
                break;
        }
    }
}
