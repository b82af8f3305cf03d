using System.Runtime.CompilerServices;
using FastCache.Threading;

namespace FastCache.Eviction;

/// <summary>Frequency and recency together: a lazy, ghost-steered W-TinyLFU.</summary>
/// <remarks>
/// <para>After W-TinyLFU (Einziger, Friedman, Manes 2017): newcomers pass a window, and one that leaves it gets into the
/// main part only if the sketch says that it is asked for more often than the entry it would push out. Four things
/// differ. It is lazy: a hit sets one bit, and the sketch and the queues hear of it when the entry's turn to be
/// looked at comes. The window's size is steered by two ghost tables, and does not grow at the expense of a main part that
/// is in full use. While the window is small the victim is given an allowance. And a newcomer that was asked for once is
/// turned away without a look at main.</para>
/// <para>docs/design/decisions.md, "The frecency policy", has the experiments.</para>
/// </remarks>
internal partial struct FrecencyPolicy<TWeights> : IEvictionPolicy
    where TWeights : struct, IWeights
{
    private const int ReexaminationBudget = 8;
    private const int OneUse = 1;
    private const int MaxVictims = 62;
    private const int MinHorizon = 16;

    private readonly SlotQueues<TWeights> _queues;
    private readonly TWeights _weights;
    private PinnedArray<uint> _hashes;
    private FrequencySketch _sketch;
    private GhostTable _windowGhosts;
    private GhostTable _mainGhosts;
    private AdaptiveWindow _sizes;
    private int _expectedEntries;

    public FrecencyPolicy(in PolicySetup<TWeights> setup)
    {
        _expectedEntries = setup.ExpectedEntries;
        _weights = setup.Weights;
        _queues = new SlotQueues<TWeights>(setup.Room, setup.SlotCount, setup.Weights);
        _hashes = setup.Hashes;
        _sketch = new FrequencySketch(setup.ExpectedEntries, setup.SlotCount);
        _windowGhosts = new GhostTable(setup.Room, HorizonOf(setup.Limit));
        _mainGhosts = new GhostTable(setup.Room, HorizonOf(setup.Limit));
        _sizes = new AdaptiveWindow(setup.Limit);
    }

    public static byte InitialReferenced => 0;

    public readonly int Count => _queues.Total;

    public readonly bool NeedsCompaction => _queues.IsStale;

    private readonly int MainCount => _queues.Count(SlotQueue.Probation) + _queues.Count(SlotQueue.Protected);

    private readonly long MainWeight => _queues.Weight(SlotQueue.Probation) + _queues.Weight(SlotQueue.Protected);

    private readonly long MeanWeight => TWeights.Differ ? (MainWeight + _queues.Weight(SlotQueue.Window)) / Math.Max(1, Count) : 1;

    public readonly double? WindowShare => _sizes.WindowShare;

    public void RecordMiss(uint hash)
    {
        _sketch.Record(hash);
        if (_windowGhosts.TryTake(hash))
        {
            _sizes.Grow(MeanWeight);
        }
        else if (_mainGhosts.TryTake(hash))
        {
            _sizes.Shrink(MeanWeight);
        }
    }

    public readonly void Add(int slot, uint hash)
    {
        int weight = _weights.Of(slot);
        while (_queues.Weight(SlotQueue.Window) + weight > _sizes.Window
            && MainWeight < _sizes.Main
            && _queues.TryPeekTail(SlotQueue.Window, out _))
        {
            _queues.MoveTail(SlotQueue.Window, SlotQueue.Probation);
        }

        // What is heavier than the window has been admitted to main already.
        _queues.Add(TWeights.Differ && weight > _sizes.Window ? SlotQueue.Probation : SlotQueue.Window, slot);
    }

    /// <remarks>
    /// After AV (Einziger, Eytan, Friedman, Manes 2022, "Lightweight Robust Size Aware Cache Management"): an entry too heavy for
    /// the window must be asked for more often than all its victims together.
    /// </remarks>
    public readonly bool Admits<THost>(THost host, uint hash, long weight, long excess)
        where THost : IEvictionHost
    {
        if (!TWeights.Differ || weight <= _sizes.Window)
        {
            return true;
        }

        int advantage = _sketch.Estimate(hash);
        return Outweighs(host, SlotQueue.Probation, ref advantage, ref excess)
            && Outweighs(host, SlotQueue.Protected, ref advantage, ref excess);
    }

    public bool TryEvict<THost>(THost host, long incoming)
        where THost : IEvictionHost
    {
        int budget = ReexaminationBudget;
        bool mainGivesWay = _queues.Weight(SlotQueue.Window) + incoming <= _sizes.Window
            || (TWeights.Differ && incoming > _sizes.Window);
        if (mainGivesWay && MainCount > 0 && TryEvictFromMain(host, FindVictim(host, ref budget)))
        {
            return true;
        }

        // A round without success has met entries that cannot be evicted now. After one for each entry there is no other.
        for (int refusals = 0; refusals <= _queues.Total; refusals++)
        {
            if (TryEvictByAdmission(host, ref budget, isInsistent: refusals > 0))
            {
                return true;
            }
        }

        return false;
    }

    public readonly void Remove(int slot) => _queues.Remove(slot);

    public readonly void Compact() => _queues.Compact();

    public void Renumber(ReadOnlySpan<int> newSlots, int room, int slotCount, PinnedArray<uint> hashes)
    {
        if (TWeights.Differ && room > _expectedEntries)
        {
            SetExpectedEntries(room);
        }

        _sketch.EnsureRoomFor(room);
        _windowGhosts.EnsureRoomFor(room);
        _mainGhosts.EnsureRoomFor(room);
        _queues.Renumber(newSlots, room, slotCount);
        _hashes = hashes;
    }

    public void Resize(long limit)
    {
        if (!TWeights.Differ)
        {
            SetExpectedEntries((int)limit);
        }

        _sizes = _sizes.Of(limit);
        _windowGhosts.SetHorizon(HorizonOf(limit));
        _mainGhosts.SetHorizon(HorizonOf(limit));
    }

    public readonly void Reweigh(int slot, int weight) => _queues.Reweigh(slot, weight);

    public readonly SlotStanding[] Standings() => _queues.Standings();

    public readonly int? FrequencyOf(uint hash) => _sketch.Estimate(hash);

    public readonly void Recall(uint hash, int frequency) => _sketch.RaiseTo(hash, frequency);

    public readonly void MoveToHead(int slot, SlotQueue queue)
        => _queues.MoveToHead(queue == SlotQueue.None ? _queues.QueueOf(slot) : queue, slot);

    public void SetWindowShare(double share) => _sizes.SetWindowShare(share);

    public readonly void AssertConsistent(Func<int, bool> isFollowed) => _queues.AssertConsistent(isFollowed);

    private static long HorizonOf(long limit) => Math.Max(MinHorizon, limit / 10);

    private void SetExpectedEntries(int entries)
    {
        _expectedEntries = entries;
        _sketch.SetCapacity(entries);
    }

    /// <summary>The oldest of the window against the victim of the main part: one of them goes.</summary>
    /// <param name="host">The shard.</param>
    /// <param name="budget">How many more entries may be looked at again.</param>
    /// <param name="isInsistent">Whether the winner goes if the loser cannot.</param>
    private bool TryEvictByAdmission<THost>(THost host, ref int budget, bool isInsistent)
        where THost : IEvictionHost
    {
        while (_queues.TryPeekTail(SlotQueue.Window, out int candidate))
        {
            if (host.IsReferenced(candidate))
            {
                Recognize(host, candidate);
                if (budget-- > 0)
                {
                    PrefetchNext(host, SlotQueue.Window, in _windowGhosts);
                    _queues.MoveTail(SlotQueue.Window, SlotQueue.Window);
                    continue;
                }
            }

            if (MainCount == 0)
            {
                return TryEvictFromWindow(host, candidate);
            }

            if (MainWeight < _sizes.Main && budget-- > 0)
            {
                _queues.MoveTail(SlotQueue.Window, SlotQueue.Probation);
                continue;
            }

            int frequency = _sketch.Estimate(_hashes[candidate]);
            if (frequency <= OneUse && _weights.AreEqual)
            {
                return TryEvictFromWindow(host, candidate)
                    || (isInsistent && TryEvictFromMain(host, FindVictim(host, ref budget)));
            }

            int victim = FindVictim(host, ref budget);
            if (host.IsReferenced(victim))
            {
                // All of main that was looked at is in use, and looking on would take too long.
                return TryEvictFromWindow(host, candidate) || (isInsistent && TryEvictFromMain(host, victim));
            }

            int victimFrequency = _sizes.WithAllowance(_sketch.Estimate(_hashes[victim]));
            return IsDenser(frequency, candidate, victimFrequency, victim)
                ? TryAdmit(host, victim) || (isInsistent && TryEvictFromWindow(host, candidate))
                : TryReject(host, candidate) || (isInsistent && TryEvictFromMain(host, victim));
        }

        return MainCount > 0 && TryEvictFromMain(host, FindVictim(host, ref budget));
    }

    /// <summary>Whether one entry is asked for more often than another, for its weight.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly bool IsDenser(int frequency, int slot, int otherFrequency, int other)
        => TWeights.Differ
            ? (long)frequency * _weights.Of(other) > (long)otherFrequency * _weights.Of(slot)
            : frequency > otherFrequency;

    /// <summary>Whether a frequency is still above that of all the victims that a queue would give up.</summary>
    private readonly bool Outweighs<THost>(THost host, SlotQueue queue, ref int advantage, ref long excess)
        where THost : IEvictionHost
    {
        for (int distance = 0; excess > 0 && distance < MaxVictims; distance++)
        {
            if (!_queues.TryPeekAhead(queue, distance, out int slot))
            {
                break;
            }

            if (_queues.QueueOf(slot) != queue)
            {
                continue;
            }

            advantage -= _sketch.Estimate(_hashes[slot]) + (host.IsReferenced(slot) ? 1 : 0);
            excess -= _weights.Of(slot);
            if (advantage <= 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Evicts the victim and lets the window's tail take its place.</summary>
    private bool TryAdmit<THost>(THost host, int victim)
        where THost : IEvictionHost
    {
        if (!TryEvictFromMain(host, victim))
        {
            return false;
        }

        _queues.MoveTail(SlotQueue.Window, SlotQueue.Probation);
        return true;
    }

    /// <summary>Evicts the window's tail. The winner rotates, so that the next candidate meets another victim.</summary>
    private bool TryReject<THost>(THost host, int candidate)
        where THost : IEvictionHost
    {
        if (!TryEvictFromWindow(host, candidate))
        {
            return false;
        }

        _queues.MoveTail(SlotQueue.Probation, SlotQueue.Probation);
        return true;
    }

    /// <summary>
    /// Finds the entry that the main part would give up; it ends at the tail of probation. Main is not empty.
    /// </summary>
    /// <returns>A slot, still referenced if the budget was used up.</returns>
    private int FindVictim<THost>(THost host, ref int budget)
        where THost : IEvictionHost
    {
        if (host.PrefetchPays)
        {
            PrefetchTail(host, SlotQueue.Probation, in _mainGhosts);
        }

        while (true)
        {
            while (_queues.Weight(SlotQueue.Protected) > _sizes.Protected || _queues.Count(SlotQueue.Probation) == 0)
            {
                PrefetchNext(host, SlotQueue.Protected, in _mainGhosts);
                _queues.TryPeekTail(SlotQueue.Protected, out int demoted);
                if (host.IsReferenced(demoted) && budget-- > 0)
                {
                    RecognizeInMain(host, demoted);
                    _queues.MoveTail(SlotQueue.Protected, SlotQueue.Protected);
                }
                else
                {
                    _queues.MoveTail(SlotQueue.Protected, SlotQueue.Probation);
                }
            }

            _queues.TryPeekTail(SlotQueue.Probation, out int victim);
            if (!host.IsReferenced(victim))
            {
                _sizes.ObserveMain(wasUsed: false);
                return victim;
            }

            if (budget-- <= 0)
            {
                return victim;
            }

            PrefetchNext(host, SlotQueue.Probation, in _mainGhosts);
            RecognizeInMain(host, victim);
            _queues.MoveTail(SlotQueue.Probation, SlotQueue.Protected);
        }
    }

    /// <summary>Evicts the tail of probation, or else moves it out of the way.</summary>
    private bool TryEvictFromMain<THost>(THost host, int victim)
        where THost : IEvictionHost
        => TryDropTail(host, SlotQueue.Probation, victim, SlotQueue.Protected, ref _mainGhosts);

    /// <summary>Evicts the tail of the window, or else moves it out of the way.</summary>
    private bool TryEvictFromWindow<THost>(THost host, int candidate)
        where THost : IEvictionHost
        => TryDropTail(host, SlotQueue.Window, candidate, SlotQueue.Window, ref _windowGhosts);

    private readonly bool TryDropTail<THost>(
        THost host, SlotQueue queue, int slot, SlotQueue refuge, ref GhostTable ghosts)
        where THost : IEvictionHost
    {
        uint hash = _hashes[slot];
        if (!host.TryEvict(slot))
        {
            // It is being updated at this moment, which is as good as a reference.
            _queues.MoveTail(queue, refuge);
            return false;
        }

        _queues.DropTail(queue);
        ghosts.Add(hash, _weights.Of(slot));
        return true;
    }

    private void Recognize<THost>(THost host, int slot)
        where THost : IEvictionHost
    {
        host.ClearReferenced(slot);
        _sketch.Record(_hashes[slot]);
    }

    private void RecognizeInMain<THost>(THost host, int slot)
        where THost : IEvictionHost
    {
        _sizes.ObserveMain(wasUsed: true);
        Recognize(host, slot);
    }
}
