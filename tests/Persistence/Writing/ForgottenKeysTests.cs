using FastCache.Persistence.Writing;
using FastCache.Tagging;
using Xunit;

namespace FastCache.Tests.Persistence.Writing;

/// <summary>What a log without room leaves out, it says before anything later, so that no older value counts.</summary>
public sealed class ForgottenKeysTests
{
    private readonly StagingProbe _probe = new(room: 0, drops: true);

    [Fact]
    public void Values_without_room_become_one_removal_a_key_before_the_next_record()
    {
        Exhaust();
        ulong last = _probe.Staging.LastSequence;
        Assert.Equal(last, _probe.Put(1));
        Assert.Equal(last, _probe.Put(1));
        Assert.Equal(last, _probe.Put(1));
        Assert.Equal(3, _probe.Staging.Dropped);
        _probe.TakeSealed();

        _probe.Put(2);

        Assert.Equal(["6: remove 1, put 2"], _probe.TakeAll());
    }

    [Fact]
    public void Removals_without_room_are_written_later_and_are_no_values_dropped()
    {
        Exhaust();
        _probe.Remove(1);
        _probe.Remove(2);
        Assert.Equal(0, _probe.Staging.Dropped);
        _probe.TakeSealed();

        _probe.Remove(3);

        string records = Assert.Single(_probe.TakeAll());
        Assert.Contains("remove 1", records, StringComparison.Ordinal);
        Assert.Contains("remove 2", records, StringComparison.Ordinal);
        Assert.EndsWith("remove 3", records, StringComparison.Ordinal);
    }

    [Fact]
    public void A_flush_says_what_was_forgotten()
    {
        Exhaust();
        _probe.Put(1);
        _probe.TakeSealed();

        Assert.Equal(6u, _probe.Staging.Seal());

        Assert.Equal(["6: remove 1"], _probe.TakeSealed());
    }

    [Fact]
    public void What_is_awaited_is_written_even_without_room_and_after_what_was_forgotten()
    {
        Exhaust();
        _probe.Put(1);

        Assert.Equal(7u, _probe.Put(1, isAwaited: true));
        Assert.Equal(8u, _probe.Remove(2, isAwaited: true));

        Assert.Equal(["5: put 0", "6: remove 1, put 1, remove 2"], _probe.TakeAll());
    }

    [Fact]
    public void What_removes_many_values_comes_after_what_was_forgotten()
    {
        Exhaust();
        _probe.Put(1);
        _probe.RemoveTag("tag", new TagRegistry(forgets: true));
        _probe.Put(2);
        _probe.RemovePrefix("a");

        Assert.Equal(["5: put 0", "6: remove 1, RemoveTag tag, remove 2, RemovePrefix a"], _probe.TakeAll());
    }

    [Fact]
    public void A_clear_takes_the_place_of_what_was_forgotten()
    {
        Exhaust();
        _probe.Put(1);
        _probe.Clear();

        Assert.Equal(["5: put 0", "6: clear"], _probe.TakeAll());
    }

    [Theory]
    [InlineData(Staging.MaxForgotten, Staging.MaxForgotten, false)]
    [InlineData(Staging.MaxForgotten + 1, 1, true)]
    public void More_keys_than_it_remembers_become_one_clear(int keys, int records, bool isClear)
    {
        Exhaust();
        ulong before = _probe.Staging.LastSequence;
        for (int key = 1; key <= keys; key++)
        {
            _probe.Put(key);
        }

        _probe.Put(1);
        _probe.TakeSealed();

        Assert.Equal(before + (ulong)records, _probe.Staging.Seal());
        Assert.Equal(isClear, _probe.TakeSealed() is ["6: clear"]);
        Assert.Equal(keys + 1, _probe.Staging.Dropped);
        Assert.Equal(before + (ulong)records + 1, _probe.Put(1));
    }

    [Fact]
    public void A_clear_after_too_many_forgotten_keys_is_written_once()
    {
        Exhaust();
        for (int key = 1; key <= Staging.MaxForgotten + 1; key++)
        {
            _probe.Put(key);
        }

        _probe.Clear();

        Assert.Equal(["5: put 0", "6: clear"], _probe.TakeAll());
    }

    private void Exhaust()
    {
        _probe.Put(0);
        _probe.Staging.Seal();
        Assert.True(_probe.Room.IsExhausted);
    }
}
