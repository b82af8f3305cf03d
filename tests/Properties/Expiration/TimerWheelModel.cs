using FastCache.Expiration;
using FastCache.Tests.Properties.Table;
using Xunit;

namespace FastCache.Tests.Properties.Expiration;

/// <summary>A timer wheel beside a dictionary that says when each slot is due.</summary>
internal sealed class TimerWheelModel : ITimerHost
{
    // One a level, and one more when it was moved out of an opened bucket.
    private const int LooksPerSchedule = 7;

    private readonly Dictionary<int, Due> _due = [];
    private readonly HashSet<int> _expired = [];
    private TimerWheel _wheel;
    private int _slotCount;
    private long _latest;
    private long _done;
    private int _refusedRemainder = -1;
    private long _looks;
    private long _allowedLooks;

    public TimerWheelModel(int slotCount, long start)
    {
        _slotCount = slotCount;
        _latest = _done = start;
        _wheel = new TimerWheel(slotCount, start);
    }

    public void Do(Step step)
    {
        int slot = step.Argument % _slotCount;
        long distance = Distances.Of(step.Argument / 3, _latest);
        switch (step.Kind)
        {
            case < 40:
                Schedule(slot, _latest + distance);
                break;
            case < 43:
                Schedule(slot, _latest - (distance % 100));
                break;
            case < 52:
                Cancel(slot);
                break;
            case < 62:
                Extend(slot, distance);
                break;
            case < 68:
                Advance(_latest + distance);
                break;
            case < 74:
                Advance(_wheel.NextTick == long.MaxValue ? _latest : _wheel.NextTick);
                break;
            case < 78:
                Advance(_latest + (step.Argument % 70));
                break;
            case < 86:
                Advance(_latest + distance, budget: step.Argument % 5);
                break;
            case < 90:
                Advance(_latest - (step.Argument % 70), budget: step.Argument % 7);
                break;
            case < 96:
                _refusedRemainder = step.Argument % 3;
                Advance(_latest + (step.Argument % 5 == 0 ? distance : 1));
                _refusedRemainder = -1;
                break;
            default:
                Renumber(step.Argument);
                break;
        }

        AssertAgrees();
    }

    /// <summary>Everything that is still scheduled expires in the end.</summary>
    public void Finish()
    {
        while (_due.Count > 0)
        {
            Advance(_due.Values.Min(due => due.AtTheLatest));
            AssertAgrees();
        }

        Assert.Equal(long.MaxValue, _wheel.NextTick);
    }

    public long DueTick(int slot)
    {
        _looks++;
        return _due[slot].Tick;
    }

    bool ITimerHost.TryExpire(int slot)
    {
        Assert.True(_due.TryGetValue(slot, out Due due), $"slot {slot} has nothing to expire");
        Assert.True(due.Tick <= _latest, $"slot {slot} expires at {_latest}, due at {due.Tick}");
        if (IsRefused(slot))
        {
            return false;
        }

        _due.Remove(slot);
        _expired.Add(slot);
        return true;
    }

    private bool IsRefused(int slot) => slot % 3 == _refusedRemainder;

    private void Schedule(int slot, long tick)
    {
        _wheel.Schedule(slot, tick);
        _due[slot] = new Due(tick, AtTheLatest: Math.Max(tick, _latest + 1));
        _allowedLooks += LooksPerSchedule;
    }

    private void Cancel(int slot)
    {
        _wheel.Cancel(slot);
        _due.Remove(slot);
    }

    private void Extend(int slot, long by)
    {
        if (_due.TryGetValue(slot, out Due due))
        {
            long tick = due.Tick + by;
            _due[slot] = new Due(tick, Math.Max(tick, due.AtTheLatest));
            _allowedLooks += LooksPerSchedule;
        }
    }

    private void Advance(long now, int budget = int.MaxValue)
    {
        _latest = Math.Max(_latest, now);
        _expired.Clear();
        long looks = _looks;
        KeyValuePair<int, Due>[] before = [.. _due];
        _allowedLooks += before.Length * ((_latest - _done) / TimerWheel.Horizon);

        bool isDone = _wheel.Advance(now, this, budget);

        Assert.InRange(_looks - looks, 0, budget);
        if (!isDone)
        {
            Assert.Equal(budget, _looks - looks);
            Assert.True(_wheel.NextTick <= _latest);
            return;
        }

        _done = _latest;
        Assert.True(_wheel.NextTick > _latest);
        foreach ((int slot, Due due) in before.Where(pair => pair.Value.AtTheLatest <= _latest))
        {
            Assert.True(_expired.Contains(slot) != IsRefused(slot), $"slot {slot}, due at {due.Tick}, is left at {_latest}");
        }

        foreach ((int slot, Due due) in before.Where(pair => pair.Value.Tick <= _latest && IsRefused(pair.Key)))
        {
            _due[slot] = due with { AtTheLatest = Math.Max(due.AtTheLatest, _latest + 1) };
            _allowedLooks += LooksPerSchedule;
        }
    }

    /// <summary>Gives slots other numbers, forgets some, and may change how many there are.</summary>
    private void Renumber(int by)
    {
        int slotCount = Math.Max(1, _slotCount + (by % 5) - 2);
        int[] newSlots = new int[_slotCount];
        for (int slot = 0; slot < newSlots.Length; slot++)
        {
            int newSlot = (slot + by) % Math.Max(slotCount, _slotCount);
            newSlots[slot] = (slot + by) % 11 == 0 || newSlot >= slotCount ? -1 : newSlot;
        }

        _wheel = _wheel.Renumbered(newSlots, slotCount);
        KeyValuePair<int, Due>[] before = [.. _due];
        _due.Clear();
        foreach ((int slot, Due due) in before.Where(pair => newSlots[pair.Key] >= 0))
        {
            _due.Add(newSlots[slot], due);
        }

        _slotCount = slotCount;
    }

    private void AssertAgrees()
    {
        long looks = _looks;
        _wheel.AssertConsistent(this);
        _looks = looks;
        Assert.Equal(_due.Count, _wheel.Count);
        for (int slot = 0; slot < _slotCount; slot++)
        {
            Assert.Equal(_due.ContainsKey(slot), _wheel.IsScheduled(slot));
        }

        Assert.True(_wheel.NextTick <= _due.Values.Select(due => due.AtTheLatest).DefaultIfEmpty(long.MaxValue).Min());
        Assert.True(_looks <= _allowedLooks, $"{_looks} looks at slots, {_allowedLooks} expected at most");
    }

    /// <param name="Tick">Before it, the slot must not expire.</param>
    /// <param name="AtTheLatest">Then it must: later if it was refused, or was due already when it was scheduled.</param>
    private readonly record struct Due(long Tick, long AtTheLatest);
}
