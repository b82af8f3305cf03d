using System.Runtime.CompilerServices;

namespace FastCache.Eviction;

/// <summary>
/// Remembers the keys evicted most recently, as fingerprints, so that the policy can tell
/// "a little more room would have kept this" from "never seen".
/// </summary>
/// <remarks>
/// A direct-mapped table: a newer ghost overwrites an older one in the same cell. Each cell holds 12 bits of age and 20 bits
/// of fingerprint. A false match costs one wrong step of the window (docs/design/decisions.md, "Two ghost tables").
/// </remarks>
internal struct GhostTable
{
    private const int FingerprintBits = 20;
    private const uint FingerprintMask = (1u << FingerprintBits) - 1;
    private const uint AgeMask = (1u << (32 - FingerprintBits)) - 1;
    private const int AgesPerHorizon = 16;
    private const int MinCells = 64;

    private uint[] _cells;
    private long _weightPerAge;
    private long _weightOfThisAge;
    private uint _age;

    /// <param name="capacity">Entries of the shard; the table gets a quarter of it, rounded up to a power of two.</param>
    /// <param name="horizon">How many evictions, or how much weight evicted, a ghost stays valid.</param>
    public GhostTable(int capacity, long horizon)
    {
        _cells = new uint[CellsFor(capacity)];
        SetHorizon(horizon);

        // An empty cell reads as age 0, which must not be within the horizon.
        _age = AgesPerHorizon + 1;
    }

    /// <summary>Grows with the shard, and forgets; nothing is evicted before the shard is full.</summary>
    public void EnsureRoomFor(int entries)
    {
        if (CellsFor(entries) > _cells.Length)
        {
            _cells = new uint[CellsFor(entries)];
        }
    }

    /// <inheritdoc cref="GhostTable(int, long)" path="/param[@name='horizon']"/>
    public void SetHorizon(long horizon) => _weightPerAge = Math.Max(1, horizon / AgesPerHorizon);

    /// <summary>Records the eviction of an entry. O(1).</summary>
    public void Add(uint hash, int weight = 1)
    {
        _weightOfThisAge += weight;
        if (_weightOfThisAge >= _weightPerAge)
        {
            // One eviction may be worth several ages.
            long ages = _weightOfThisAge / _weightPerAge;
            _weightOfThisAge -= ages * _weightPerAge;
            _age = (uint)(_age + ages) & AgeMask;
        }

        ulong product = Spread(hash);
        CellOf(product) = (_age << FingerprintBits) | Fingerprint(product);
    }

    /// <summary>Whether <paramref name="hash"/> was evicted within the horizon. Forgets it if so. O(1).</summary>
    public bool TryTake(uint hash)
    {
        ulong product = Spread(hash);
        ref uint cell = ref CellOf(product);
        if ((cell & FingerprintMask) != Fingerprint(product) || ((_age - (cell >> FingerprintBits)) & AgeMask) > AgesPerHorizon)
        {
            return false;
        }

        // The age just outside the horizon, with whatever fingerprint.
        cell = ((_age - AgesPerHorizon - 1) & AgeMask) << FingerprintBits;
        return true;
    }

    public readonly void Prefetch(uint hash) => Threading.Prefetch.Line(ref CellOf(Spread(hash)));

    private static int CellsFor(int entries)
        => (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(MinCells, entries / 4));

    // In bounds whatever other threads do: array and mask come from one reference.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly ref uint CellOf(ulong product)
    {
        uint[] cells = _cells;
        return ref cells[(int)(product >> 32) & (cells.Length - 1)];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Spread(uint hash) => hash * 0x9E3779B97F4A7C15;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Fingerprint(ulong product) => (uint)(product >> 12) & FingerprintMask;
}
