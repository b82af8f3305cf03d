using FastCache.Expiration;
using Xunit;

namespace FastCache.Tests.Unit.Expiration;

/// <summary>A timer wheel, and a host that knows when each slot is due. After each step the wheel is checked.</summary>
internal sealed class TimedSlots(long now, int slotCount = 64) : ITimerHost
{
    private readonly List<int> _expired = [];
    private Dictionary<int, long> _due = [];

    public TimerWheel Wheel { get; private set; } = new(slotCount, now);

    /// <summary>Slots that cannot be expired at this moment.</summary>
    public HashSet<int> Refused { get; } = [];

    /// <summary>How often the wheel has asked when a slot is due.</summary>
    public int Looks { get; set; }

    /// <summary>Called with each slot that expires.</summary>
    public Action<int>? OnExpire { get; set; }

    public void Schedule(int slot, long due)
    {
        _due[slot] = due;
        Wheel.Schedule(slot, due);
        AssertConsistent();
    }

    /// <summary>Moves the due tick back without telling the wheel.</summary>
    public void Extend(int slot, long due)
    {
        _due[slot] = due;
        AssertConsistent();
    }

    public void Cancel(int slot)
    {
        _due.Remove(slot);
        Wheel.Cancel(slot);
        AssertConsistent();
    }

    public void Renumber(int[] newSlots, int newSlotCount)
    {
        Wheel = Wheel.Renumbered(newSlots, newSlotCount);
        _due = _due.Where(pair => newSlots[pair.Key] >= 0).ToDictionary(pair => newSlots[pair.Key], pair => pair.Value);
        AssertConsistent();
    }

    /// <summary>Lets time pass until all is done that is due, and tells which slots have expired.</summary>
    public int[] Advance(long now)
    {
        Assert.True(TryAdvance(now, int.MaxValue, out int[] expired));
        Assert.True(Wheel.NextTick > now);
        return expired;
    }

    public bool TryAdvance(long now, int budget, out int[] expired)
    {
        _expired.Clear();
        int looks = Looks;
        bool isDone = Wheel.Advance(now, this, budget);
        Assert.True(Looks - looks <= budget, $"{Looks - looks} slots looked at, {budget} allowed");
        AssertConsistent();
        expired = [.. _expired.Order()];
        return isDone;
    }

    public long DueTick(int slot) => _due[slot];

    bool ITimerHost.TryExpire(int slot)
    {
        if (Refused.Contains(slot))
        {
            return false;
        }

        Assert.True(_due.Remove(slot), $"slot {slot} has expired already");
        _expired.Add(slot);
        OnExpire?.Invoke(slot);
        return true;
    }

    long ITimerHost.DueTick(int slot)
    {
        Looks++;
        return DueTick(slot);
    }

    private void AssertConsistent()
    {
        int looks = Looks;
        Wheel.AssertConsistent(this);
        Looks = looks;
        Assert.Equal(_due.Count, Wheel.Count);
        Assert.All(_due.Keys, slot => Assert.True(Wheel.IsScheduled(slot)));
    }
}
