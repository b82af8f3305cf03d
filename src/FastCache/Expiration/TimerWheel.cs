using System.Diagnostics;
using System.Numerics;
using FastCache.Threading;

namespace FastCache.Expiration;

/// <summary>Remembers for each slot of a shard when something is to be done with it.</summary>
/// <remarks>
/// <para>A hierarchical timing wheel (Varghese, Lauck 1987): a level for each six bits of the tick, 64 buckets a level. A
/// slot lies at the level of the highest digit in which its tick differs from the current one, and moves down when that
/// digit is reached. Scheduling, moving and cancelling are O(1), advancing is amortised O(1): a slot moves at most once a
/// level, and empty buckets are skipped by bit maps.</para>
/// <para>A bucket is a list linked through the slots, 8 bytes each. The tick itself is not stored: the host knows it,
/// and it may have been moved back without a word to the wheel. A slot is never scheduled later than it is due.</para>
/// <para>Touched only inside its shard's turn.</para>
/// </remarks>
internal sealed class TimerWheel
{
    /// <summary>The furthest that a slot is scheduled ahead; what is due later is looked at then, and scheduled again.</summary>
    public const long Horizon = 1L << (DigitBits * CircularLevel);

    private const int DigitBits = 6;
    private const int BucketsPerLevel = 1 << DigitBits;
    private const int DigitMask = BucketsPerLevel - 1;
    private const int Levels = CircularLevel + 1;

    // All ticks up to the horizon differ from the current one here at most. Its buckets come round again and again.
    private const int CircularLevel = 5;

    // Behind the buckets of the levels: the one whose slots are looked at now.
    private const int Opened = Levels * BucketsPerLevel;

    private readonly ulong[] _inUse = new ulong[Levels];
    private readonly int[] _firsts = new int[Opened + 1];
    private readonly PinnedArray<Link> _links;
    private long _now;
    private long _latest;

    /// <param name="slotCount">Slot numbers are below this.</param>
    /// <param name="now">The current tick.</param>
    public TimerWheel(int slotCount, long now)
    {
        _links = new PinnedArray<Link>(slotCount);
        _now = _latest = now;
    }

    /// <summary>Slots that are scheduled.</summary>
    public int Count { get; private set; }

    /// <summary>The memory that it takes.</summary>
    public long SizeInBytes => ((long)_links.Length * 2 * sizeof(int)) + (_firsts.Length * sizeof(int)) + (Levels * sizeof(ulong));

    /// <summary>
    /// The tick at which <see cref="Advance"/> has something to do, at the latest; <see cref="long.MaxValue"/> if nothing is
    /// scheduled.
    /// </summary>
    public long NextTick => _firsts[Opened] != 0 ? _now : TryFindNext(out long begin, out _) ? begin : long.MaxValue;

    public bool IsScheduled(int slot) => _links[slot].Previous != 0;

    /// <summary>Asks for the memory that scheduling or cancelling a slot will touch. Any thread.</summary>
    public void Prefetch(int slot)
    {
        // Another thread may mean a slot of a table that has been replaced.
        if (slot < _links.Length)
        {
            Threading.Prefetch.Line(ref _links[slot]);
        }
    }

    /// <summary>Schedules a slot, or moves it. O(1).</summary>
    /// <param name="slot">The slot.</param>
    /// <param name="tick">When; a tick that has passed counts as the next one.</param>
    public void Schedule(int slot, long tick)
    {
        Cancel(slot);
        tick = Math.Clamp(tick, _now + 1, _now + Horizon);
        int level = Math.Min(BitOperations.Log2((ulong)(tick ^ _now)) / DigitBits, CircularLevel);
        int digit = (int)(tick >> (level * DigitBits)) & DigitMask;
        Add((level * BucketsPerLevel) + digit, slot);
    }

    /// <summary>Forgets a slot, if it is scheduled. O(1).</summary>
    public void Cancel(int slot)
    {
        ref Link link = ref _links[slot];
        if (link.Previous == 0)
        {
            return;
        }

        if (link.Next != 0)
        {
            _links[link.Next - 1].Previous = link.Previous;
        }

        if (link.Previous > 0)
        {
            _links[link.Previous - 1].Next = link.Next;
        }
        else
        {
            SetFirst(~link.Previous, link.Next);
        }

        link = default;
        Count--;
    }

    /// <summary>Lets time pass. Looks at no more than a given number of slots.</summary>
    /// <typeparam name="THost">Who knows when slots are due.</typeparam>
    /// <param name="now">The tick to advance to. One before the latest so far counts as that one.</param>
    /// <param name="host">What it says decides whether a slot expires or is scheduled again.</param>
    /// <param name="budget">How many slots may be looked at.</param>
    /// <returns>Whether all that was to be done by then is done.</returns>
    public bool Advance<THost>(long now, THost host, int budget)
        where THost : ITimerHost
    {
        now = _latest = Math.Max(_latest, now);
        while (NextTick <= now)
        {
            if (_firsts[Opened] == 0)
            {
                OpenNext();
                continue;
            }

            if (budget-- == 0)
            {
                return false;
            }

            int slot = _firsts[Opened] - 1;
            Cancel(slot);
            long due = host.DueTick(slot);
            if (due > now || !host.TryExpire(slot))
            {
                Schedule(slot, Math.Max(due, now + 1));
            }
        }

        _now = now;
        return true;
    }

    /// <summary>A wheel where every slot has its new number, without those where that is -1. O(slots).</summary>
    public TimerWheel Renumbered(ReadOnlySpan<int> newSlots, int slotCount)
    {
        var wheel = new TimerWheel(slotCount, _now) { _latest = _latest };
        for (int bucket = 0; bucket <= Opened; bucket++)
        {
            for (int next = _firsts[bucket]; next != 0; next = _links[next - 1].Next)
            {
                int slot = newSlots[next - 1];
                if (slot >= 0)
                {
                    wheel.Add(bucket, slot);
                }
            }
        }

        return wheel;
    }

    /// <summary>Throws if lists, bit maps and count contradict each other, or a slot is scheduled later than it is due.</summary>
    public void AssertConsistent<THost>(THost host)
        where THost : ITimerHost
    {
        int count = 0;
        for (int bucket = 0; bucket <= Opened; bucket++)
        {
            int previous = ~bucket;
            for (int next = _firsts[bucket]; next != 0; previous = next, next = _links[next - 1].Next)
            {
                count++;
                Require(_links[next - 1].Previous == previous, $"slot {next - 1}: it does not link back");
                Require(
                    bucket == Opened || BeginOf(bucket) <= Math.Max(host.DueTick(next - 1), _latest + 1),
                    $"slot {next - 1}: scheduled later than it is due");
            }

            Require(
                bucket == Opened || (_firsts[bucket] != 0) == ((_inUse[bucket / BucketsPerLevel] >> (bucket & DigitMask) & 1) != 0),
                $"bucket {bucket}: bit map and list disagree");
        }

        Require(count == Count, $"count {Count}, scheduled {count}");
    }

    private static void Require(bool condition, string fault)
    {
        if (!condition)
        {
            throw new UnreachableException(fault);
        }
    }

    private void Add(int bucket, int slot)
    {
        if (bucket < Opened)
        {
            _inUse[bucket / BucketsPerLevel] |= 1UL << (bucket & DigitMask);
        }

        int second = _firsts[bucket];
        _links[slot] = new Link { Next = second, Previous = ~bucket };
        if (second != 0)
        {
            _links[second - 1].Previous = slot + 1;
        }

        _firsts[bucket] = slot + 1;
        Count++;
    }

    private void SetFirst(int bucket, int first)
    {
        _firsts[bucket] = first;
        if (first == 0 && bucket < Opened)
        {
            _inUse[bucket / BucketsPerLevel] &= ~(1UL << (bucket & DigitMask));
        }
    }

    /// <summary>Moves on to the first bucket in use, and opens it. There is one.</summary>
    private void OpenNext()
    {
        TryFindNext(out _now, out int bucket);
        int first = _firsts[bucket];
        SetFirst(bucket, 0);
        _firsts[Opened] = first;
        _links[first - 1].Previous = ~Opened;
    }

    private bool TryFindNext(out long begin, out int bucket)
    {
        for (int level = 0; level < Levels; level++)
        {
            ulong inUse = _inUse[level];
            if (inUse != 0)
            {
                // Below the circular level no digit in use is smaller than the current one.
                int current = level == CircularLevel ? DigitOf(_now, CircularLevel) : 0;
                int digit = (current + BitOperations.TrailingZeroCount(BitOperations.RotateRight(inUse, current))) & DigitMask;
                bucket = (level * BucketsPerLevel) + digit;
                begin = BeginOf(bucket);
                return true;
            }
        }

        (begin, bucket) = (long.MaxValue, -1);
        return false;
    }

    /// <summary>The tick at which a bucket of a level is opened.</summary>
    private long BeginOf(int bucket)
    {
        int level = bucket / BucketsPerLevel;
        int ahead = ((bucket & DigitMask) - DigitOf(_now, level)) & DigitMask;
        return ((_now >> (level * DigitBits)) + ahead) << (level * DigitBits);
    }

    private static int DigitOf(long tick, int level) => (int)(tick >> (level * DigitBits)) & DigitMask;

    // Slots are counted from one here, so that an array of zeroes is an array of unscheduled slots.
    private struct Link
    {
        /// <summary>The next in the bucket; 0 at its end.</summary>
        public int Next;

        /// <summary>The one before; the complement of the bucket's number for the first; 0 for a slot that is not scheduled.</summary>
        public int Previous;
    }
}
