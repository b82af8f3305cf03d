using System.Numerics;

namespace FastCache.Persistence.Writing;

/// <summary>A set of key digests: open addressing, half full at most, eight bytes a place.</summary>
internal sealed class DigestSet
{
    private const int InitialPlaces = 256;

    private ulong[] _places;
    private bool _hasZero;

    public DigestSet(int expected = InitialPlaces / 2)
        => _places = new ulong[BitOperations.RoundUpToPowerOf2((uint)Math.Clamp(2L * expected, InitialPlaces, 1 << 30))];

    public int Count { get; private set; }

    /// <summary>Adds a digest; whether it was new. Amortised O(1).</summary>
    public bool Add(ulong digest)
    {
        if (digest == 0)
        {
            bool isNew = !_hasZero;
            _hasZero = true;
            Count += isNew ? 1 : 0;
            return isNew;
        }

        ref ulong place = ref Find(digest);
        if (place == digest)
        {
            return false;
        }

        place = digest;
        Count++;
        if (Count > _places.Length / 2)
        {
            Grow();
        }

        return true;
    }

    public bool Contains(ulong digest) => digest == 0 ? _hasZero : Find(digest) == digest;

    /// <summary>Adds all digests to a list.</summary>
    public void CopyTo(List<ulong> digests)
    {
        if (_hasZero)
        {
            digests.Add(0);
        }

        foreach (ulong digest in _places)
        {
            if (digest != 0)
            {
                digests.Add(digest);
            }
        }
    }

    public void Clear()
    {
        _places = new ulong[InitialPlaces];
        _hasZero = false;
        Count = 0;
    }

    /// <summary>The place of a digest, or the free one where it belongs.</summary>
    private ref ulong Find(ulong digest)
    {
        // A digest is as good as random already.
        int mask = _places.Length - 1;
        int index = (int)(digest >> 7) & mask;
        while (_places[index] != 0 && _places[index] != digest)
        {
            index = (index + 1) & mask;
        }

        return ref _places[index];
    }

    private void Grow()
    {
        ulong[] old = _places;
        _places = new ulong[BitOperations.RoundUpToPowerOf2((uint)old.Length * 2)];
        foreach (ulong digest in old)
        {
            if (digest != 0)
            {
                Find(digest) = digest;
            }
        }
    }
}
