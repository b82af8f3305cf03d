using System.Numerics;

namespace FastCache.Bench.HitRate;

/// <summary>
/// A set of positions from 0 to a fixed bound: a bitmap, above it a bitmap of its non-zero words, and so on. Every
/// operation takes a step per level, of which 16 million positions need four.
/// </summary>
internal sealed class PositionSet
{
    private const int BitsPerWord = 64;

    private readonly ulong[][] _levels;

    public PositionSet(int length)
    {
        List<ulong[]> levels = [];
        do
        {
            length = Math.Max(1, (int)(((long)length + BitsPerWord - 1) / BitsPerWord));
            levels.Add(new ulong[length]);
        }
        while (length > 1);

        _levels = [.. levels];
    }

    public void Add(int position)
    {
        foreach (ulong[] level in _levels)
        {
            int word = position / BitsPerWord;
            level[word] |= 1UL << position;
            position = word;
        }
    }

    /// <summary>Whether <paramref name="position"/> was in the set.</summary>
    public bool Remove(int position)
    {
        if ((_levels[0][position / BitsPerWord] & (1UL << position)) == 0)
        {
            return false;
        }

        foreach (ulong[] level in _levels)
        {
            int word = position / BitsPerWord;
            level[word] &= ~(1UL << position);
            if (level[word] != 0)
            {
                break;
            }

            position = word;
        }

        return true;
    }

    /// <summary>The largest position; the set must not be empty.</summary>
    public int Max()
    {
        int position = 0;
        for (int level = _levels.Length - 1; level >= 0; level--)
        {
            position = (position * BitsPerWord) + BitOperations.Log2(_levels[level][position]);
        }

        return position;
    }
}
