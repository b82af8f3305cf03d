using FastCache.Table;
using FastCache.Timing;
using Xunit;

namespace FastCache.Tests.Unit.Table;

public class TableLifetimeTests
{
    private static readonly KeyHash Hash = Hashes.At(1, home: 0, preferred: 3, tag: 17);
    private static readonly Lifetime Sliding = new(Deadline: 0, IdleLimit: 100, LastAccess: 1000);

    private readonly TestTable<string, string> _table = new(groups: 1);
    private readonly int _slot;
    private readonly uint _version;

    public TableLifetimeTests()
    {
        _slot = _table.Insert("key", Hash, "old");
        _table.Table.EnsureTimes(Sliding);
        Assert.True(_table.Table.TryUpdateLifetime(_slot, _table.VersionOf(_slot), default, Sliding, Tick.Last));
        _version = _table.VersionOf(_slot);
    }

    [Fact]
    public void An_update_is_refused_once_a_reader_has_raised_the_last_access()
    {
        Assert.True(_table.Table.TryNoteAccess(_slot, _version, now: 1050, Tick.Last));

        var next = new Lifetime(Deadline: 1120, 0, 0);
        Assert.False(_table.Table.TryUpdate(_slot, _version, "new", Sliding, next, attentionTick: 3, out _));
        Assert.False(_table.Table.TryUpdateLifetime(_slot, _version, Sliding, next, Tick.Last));

        Assert.Equal(_version, _table.VersionOf(_slot));
        Assert.Equal(Tick.Last, _table.Entries[_slot].AttentionTick);
        Assert.Equal(Sliding with { LastAccess = 1050 }, _table.Table.LifetimeOf(_slot));
        Assert.True(_table.Table.TryUpdate(_slot, _version, "new", Sliding with { LastAccess = 1050 }, next, Tick.Last, out _));
        Assert.Equal(next.Deadline, _table.Table.LifetimeOf(_slot).Deadline);
    }

    [Fact]
    public void An_access_is_never_moved_back()
    {
        Assert.True(_table.Table.TryNoteAccess(_slot, _version, now: 1050, Tick.Last));
        Assert.True(_table.Table.TryNoteAccess(_slot, _version, now: 1040, Tick.Last));

        Assert.Equal(1050, _table.Table.LifetimeOf(_slot).LastAccess);
    }

    [Theory]
    [InlineData(EntryVersion.Updating)]
    [InlineData(EntryVersion.Guarded)]
    public void An_access_to_an_entry_that_is_held_must_be_noted_again(uint state)
    {
        _table.SetState(_slot, state);

        Assert.False(_table.Table.TryNoteAccess(_slot, _version, now: 1050, Tick.Last));
    }

    [Fact]
    public void A_guarded_entry_is_written_inside_a_turn_and_stays_guarded_until_its_value_changes()
    {
        Assert.True(_table.Table.TryGuard(_slot, _version));
        uint guarded = _table.VersionOf(_slot);
        Lifetime later = Sliding with { RefreshAt = 7 };
        _table.Table.EnsureTimes(later);

        Assert.True(_table.Table.TryUpdateLifetime(_slot, guarded, Sliding, later, Tick.Last));
        Assert.Equal(later, _table.Table.LifetimeOf(_slot));
        Assert.Equal(EntryVersion.Guarded, EntryVersion.State(_table.VersionOf(_slot)));

        Assert.True(_table.Table.TryUpdate(_slot, _table.VersionOf(_slot), "new", later, later, Tick.Last, out _));
        Assert.Equal(EntryVersion.Live, EntryVersion.State(_table.VersionOf(_slot)));
    }

    [Fact]
    public void A_stale_entry_goes_with_its_grace_or_when_it_is_asked_to()
    {
        Lifetime stale = new(Deadline: 100, 0, 0) { Grace = 50 };
        _table.Table.EnsureTimes(stale);
        Assert.True(_table.Table.TryUpdateLifetime(_slot, _version, Sliding, stale, Tick.Last));

        Assert.False(_table.Table.TryExpire(_slot, now: 149, evenIfStale: false, out _, out _));
        Assert.False(_table.Table.TryExpire(_slot, now: 99, evenIfStale: true, out _, out _));
        Assert.True(_table.Table.TryExpire(_slot, now: 100, evenIfStale: true, out _, out _));
    }

    [Fact]
    public void What_has_not_expired_is_given_back_as_it_was()
    {
        Assert.False(_table.Table.TryExpire(_slot, now: 1099, evenIfStale: false, out _, out _));

        Assert.Equal(_version, _table.VersionOf(_slot));
        Assert.True(_table.Table.TryExpire(_slot, now: 1100, evenIfStale: false, out _, out _));
        Assert.False(_table.Table.IsOccupied(_slot));
        _table.Table.AssertConsistent();
    }

    [Fact]
    public void The_attention_tick_of_the_next_entry_is_not_raised()
    {
        Assert.True(_table.Table.TryExpire(_slot, now: 1100, evenIfStale: false, out _, out _));
        Assert.Equal(_slot, _table.Insert("key", Hash, "next", default, attentionTick: 3));

        Assert.False(_table.Table.TryRaiseAttention(_slot, _version, attentionTick: 7));

        Assert.Equal(3u, _table.Entries[_slot].AttentionTick);
    }

    [Fact]
    public void The_last_access_of_the_next_entry_is_not_raised()
    {
        Lifetime next = Sliding with { LastAccess = 1100 };
        Assert.True(_table.Table.TryExpire(_slot, now: 1100, evenIfStale: false, out _, out _));
        Assert.Equal(_slot, _table.Insert("key", Hash, "next", next, Tick.Last));

        Assert.False(_table.Table.TryNoteAccess(_slot, _version, now: 1150, Tick.Last));

        Assert.Equal(next, _table.Table.LifetimeOf(_slot));
    }

    [Fact]
    public void An_attention_tick_is_raised_and_never_lowered()
    {
        int slot = _table.Insert("other", Hashes.At(2, home: 0, preferred: 4, tag: 18), "value", default, attentionTick: 5);
        uint version = _table.VersionOf(slot);

        Assert.True(_table.Table.TryRaiseAttention(slot, version, attentionTick: 7));
        Assert.True(_table.Table.TryRaiseAttention(slot, version, attentionTick: 6));

        Assert.Equal(7u, _table.Entries[slot].AttentionTick);
        Assert.Equal(version, _table.VersionOf(slot));
    }

    [Fact]
    public void Below_the_last_tick_the_attention_tick_is_the_last_access()
    {
        var lifetime = new Lifetime(Deadline: 0, IdleLimit: 100, Tick.BeginOf(5));
        Assert.True(_table.Table.TryUpdateLifetime(_slot, _version, Sliding, lifetime, attentionTick: 5));
        uint version = _table.VersionOf(_slot);

        Assert.True(_table.Table.TryNoteAccess(_slot, version, Tick.BeginOf(9), attentionTick: 9));

        Assert.Equal(lifetime with { LastAccess = Tick.BeginOf(9) }, _table.Table.LifetimeOf(_slot));
        Assert.False(_table.Table.TryUpdate(_slot, version, "new", lifetime, lifetime, attentionTick: 5, out _));
    }

    [Fact]
    public void A_lifetime_survives_that_others_are_of_another_kind()
    {
        var sliding = new Lifetime(Deadline: 0, IdleLimit: 100, Tick.BeginOf(5));
        Assert.True(_table.Table.TryUpdateLifetime(_slot, _version, Sliding, sliding, attentionTick: 5));
        var other = new Lifetime(Deadline: 77, 0, 0);
        Assert.False(_table.Table.Times!.HasRoomFor(other));

        _table.Table.EnsureTimes(other);
        int slot = _table.Insert("other", Hashes.At(2, home: 0, preferred: 4, tag: 18), "value", other, attentionTick: 1);

        Assert.Equal(sliding, _table.Table.LifetimeOf(_slot));
        Assert.Equal(other, _table.Table.LifetimeOf(slot));
    }
}
