using System.Numerics;

namespace FastCache.Persistence.Recovery;

/// <summary>Ranks by key digests: open addressing, half full at most, sixteen bytes a place.</summary>
/// <param name="capacity">The most digests that are added.</param>
internal sealed class DigestRanks(int capacity)
{
    private readonly Place[] _places = new Place[BitOperations.RoundUpToPowerOf2((uint)Math.Clamp(2L * capacity, 16, 1 << 30))];

    /// <summary>Gives a digest a rank; false if it has one. O(1).</summary>
    public bool TryAdd(ulong digest, int rank)
    {
        ref Place place = ref Find(digest);
        if (place.Number != 0)
        {
            return false;
        }

        place = new Place(digest, rank + 1);
        return true;
    }

    /// <summary>The rank of a digest; -1 if it has none. O(1).</summary>
    public int RankOf(ulong digest) => Find(digest).Number - 1;

    /// <summary>The place of a digest, or the free one where it belongs.</summary>
    private ref Place Find(ulong digest)
    {
        // A digest is as good as random already.
        int mask = _places.Length - 1;
        int index = (int)(digest >> 7) & mask;
        while (_places[index].Number != 0 && _places[index].Digest != digest)
        {
            index = (index + 1) & mask;
        }

        return ref _places[index];
    }

    /// <param name="Digest">Whose.</param>
    /// <param name="Number">The rank plus one; 0 for a free place.</param>
    private readonly record struct Place(ulong Digest, int Number);
}
