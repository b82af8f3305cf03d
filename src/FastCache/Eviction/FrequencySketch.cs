using System.Runtime.CompilerServices;
using FastCache.Threading;

namespace FastCache.Eviction;

/// <summary>Estimates how often a hash was recorded lately: 0 to 15, rarely too high and never too low but by ageing.</summary>
/// <remarks>
/// <para>A count-min sketch of 4-bit counters (Cormode, Muthukrishnan 2005; the ageing is that of TinyLFU, Einziger, Friedman,
/// Manes 2017), blocked as in Caffeine: the counters of a hash lie in one cache line, one in each half of it. Updated conservatively (Estan, Varghese 2002): only the counters that hold the estimate are raised, since the others
/// are known to be too high already.</para>
/// <para>After 20 recordings an entry all counters are halved, in steps of 4 KiB over consecutive recordings: a longer
/// spread would compare candidates and victims of different ages.</para>
/// </remarks>
internal struct FrequencySketch
{
    private const int BytesPerEntry = 10;
    private const int MinBlocks = 128;
    private const int RecordingsPerEntry = 20;
    private const int BlocksPerStep = 64;
    private const int NotAgeing = -1;
    private const int WordsPerBlock = CacheLineArray.LineSize / sizeof(ulong);
    private const ulong CounterMask = 15;
    private const ulong LowThreeBits = 0x7777777777777777;

    private int _maxBlocks;
    private long _period;
    private CacheLineArray _blocks;
    private long _recordings;
    private int _ageingBlock;

    /// <param name="capacity">The entries of the full shard.</param>
    /// <param name="expected">The entries to have room for now; see <see cref="EnsureRoomFor"/>.</param>
    public FrequencySketch(int capacity, int expected)
    {
        SetCapacity(capacity);
        _blocks = new CacheLineArray(BlocksFor(Math.Min(expected, capacity)));
        _ageingBlock = NotAgeing;
    }

    /// <summary>The full shard holds so many entries from now on.</summary>
    public void SetCapacity(int capacity)
    {
        _maxBlocks = BlocksFor(capacity);
        _period = (long)RecordingsPerEntry * capacity;
    }

    public readonly int SizeInBytes => _blocks.Lines * CacheLineArray.LineSize;

    /// <summary>Counts one occurrence. O(1), and a step of ageing when one is due.</summary>
    public void Record(uint hash)
    {
        ref ulong block = ref Block(hash);
        uint places = Places(hash);
        ref ulong first = ref Locate(ref block, places, 0, out int firstShift);
        ref ulong second = ref Locate(ref block, places, 1, out int secondShift);
        ulong estimate = Math.Min((first >> firstShift) & CounterMask, (second >> secondShift) & CounterMask);
        if (estimate < CounterMask)
        {
            RaiseFrom(estimate, ref first, firstShift);
            RaiseFrom(estimate, ref second, secondShift);
            if (++_recordings >= _period && _ageingBlock == NotAgeing)
            {
                _ageingBlock = 0;
            }
        }

        if (_ageingBlock != NotAgeing)
        {
            Age();
        }
    }

    /// <summary>Makes the estimate for a hash at least so much, without counting that as recordings. O(1).</summary>
    public readonly void RaiseTo(uint hash, int frequency)
    {
        ref ulong block = ref Block(hash);
        uint places = Places(hash);
        for (int row = 0; row < 2; row++)
        {
            ref ulong word = ref Locate(ref block, places, row, out int shift);
            ulong count = (word >> shift) & CounterMask;
            word += (Math.Clamp((ulong)frequency, count, CounterMask) - count) << shift;
        }
    }

    /// <summary>The estimate for a hash. O(1).</summary>
    public readonly int Estimate(uint hash)
    {
        ref ulong block = ref Block(hash);
        uint places = Places(hash);
        return Math.Min(Count(ref block, places, 0), Count(ref block, places, 1));
    }

    public readonly void Prefetch(uint hash) => Threading.Prefetch.Line(ref Block(hash));

    /// <summary>Grows with the table: each old block is the start of the new ones that share its hashes.</summary>
    public void EnsureRoomFor(int entries)
    {
        int wanted = Math.Min(BlocksFor(entries), _maxBlocks);
        if (wanted <= _blocks.Lines)
        {
            return;
        }

        var grown = new CacheLineArray(wanted);
        for (int line = 0; line < wanted; line++)
        {
            long old = (long)line * _blocks.Lines / wanted;
            for (int offset = 0; offset < CacheLineArray.LineSize; offset++)
            {
                grown.At(((nint)line * CacheLineArray.LineSize) + offset)
                    = _blocks.At(((nint)old * CacheLineArray.LineSize) + offset);
            }
        }

        _blocks = grown;
        _ageingBlock = NotAgeing;
    }

    private static int BlocksFor(int entries)
        => (int)Math.Max(MinBlocks, (((long)entries * BytesPerEntry) + CacheLineArray.LineSize - 1) / CacheLineArray.LineSize);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly ref ulong Block(uint hash)
    {
        nint block = (nint)(((ulong)hash * (uint)_blocks.Lines) >> 32);
        return ref Unsafe.As<byte, ulong>(ref _blocks.At(block * CacheLineArray.LineSize));
    }

    // The block takes the high bits of the hash, so the places inside it must hang on the low ones as well.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Places(uint hash)
    {
        uint spread = hash * 0x9E3779B1;
        return spread ^ (spread >> 15);
    }

    /// <summary>Word and shift of the counter in half <paramref name="row"/> of the block: six bits of places a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref ulong Locate(ref ulong block, uint places, int row, out int shift)
    {
        uint place = places >> (row * 8);
        shift = (int)((place >> 2) & 15) << 2;
        return ref Unsafe.Add(ref block, (row * 4) + (int)(place & 3));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void RaiseFrom(ulong estimate, ref ulong word, int shift)
        => word += (((word >> shift) & CounterMask) == estimate ? 1UL : 0UL) << shift;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Count(ref ulong block, uint places, int row)
        => (int)((Locate(ref block, places, row, out int shift) >> shift) & CounterMask);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Age()
    {
        int end = Math.Min(_ageingBlock + BlocksPerStep, _blocks.Lines);
        for (; _ageingBlock < end; _ageingBlock++)
        {
            ref ulong block = ref Unsafe.As<byte, ulong>(ref _blocks.At((nint)_ageingBlock * CacheLineArray.LineSize));
            for (int i = 0; i < WordsPerBlock; i++)
            {
                ref ulong word = ref Unsafe.Add(ref block, i);
                word = (word >> 1) & LowThreeBits;
            }
        }

        if (_ageingBlock == _blocks.Lines)
        {
            _recordings >>= 1;
            _ageingBlock = NotAgeing;
        }
    }
}
