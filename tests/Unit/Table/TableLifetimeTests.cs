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
        Assert.True(_table.Table.TryNoteAccess(_slot, _version, now: 1050));

        var next = new Lifetime(Deadline: 1120, 0, 0);
        Assert.False(_table.Table.TryUpdate(_slot, _version, "new", Sliding, next, Tick.Last));
        Assert.False(_table.Table.TryUpdateLifetime(_slot, _version, Sliding, next, Tick.Last));

        Assert.Equal(_version, _table.VersionOf(_slot));
        Assert.Equal(Sliding with { LastAccess = 1050 }, _table.Table.LifetimeOf(_slot));
        Assert.True(_table.Table.TryUpdate(_slot, _version, "new", Sliding with { LastAccess = 1050 }, next, Tick.Last));
        Assert.Equal(next.Deadline, _table.Table.LifetimeOf(_slot).Deadline);
    }

    [Fact]
    public void An_access_is_never_moved_back()
    {
        Assert.True(_table.Table.TryNoteAccess(_slot, _version, now: 1050));
        Assert.True(_table.Table.TryNoteAccess(_slot, _version, now: 1040));

        Assert.Equal(1050, _table.Table.LifetimeOf(_slot).LastAccess);
    }

    [Theory]
    [InlineData(EntryVersion.Updating)]
    [InlineData(EntryVersion.Guarded)]
    public void An_access_to_an_entry_that_is_held_must_be_noted_again(uint state)
    {
        _table.SetState(_slot, state);

        Assert.False(_table.Table.TryNoteAccess(_slot, _version, now: 1050));
        Assert.False(_table.Table.TryNoteAccess(_slot, _table.VersionOf(_slot), now: 1050));
    }

    [Fact]
    public void What_has_not_expired_is_given_back_as_it_was()
    {
        Assert.False(_table.Table.TryExpire(_slot, now: 1099));

        Assert.Equal(_version, _table.VersionOf(_slot));
        Assert.True(_table.Table.TryExpire(_slot, now: 1100));
        Assert.False(_table.Table.IsOccupied(_slot));
        _table.Table.AssertConsistent();
    }

    [Fact]
    public void The_attention_tick_of_the_next_entry_is_not_moved()
    {
        Assert.True(_table.Table.TryExpire(_slot, now: 1100));
        Assert.Equal(_slot, _table.Insert("key", Hash, "next"));

        _table.Table.MoveAttention(_slot, _version, attentionTick: 7);

        Assert.Equal(Tick.Never, _table.Entries[_slot].AttentionTick);
    }
}
