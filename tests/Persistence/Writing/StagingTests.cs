using FastCache.Persistence.Writing;
using FastCache.Tests.Unit.TestTypes;
using FastCache.Persistence.Format;
using FastCache.Tagging;
using Xunit;

namespace FastCache.Tests.Persistence.Writing;

public sealed class StagingTests
{
    [Fact]
    public void Records_come_out_in_the_order_and_with_the_sequences_that_they_were_given()
    {
        var probe = new StagingProbe();

        Assert.Equal(5u, probe.Put(1));
        Assert.Equal(6u, probe.Remove(2));
        Assert.Equal(7u, probe.Clear());
        Assert.Equal(8u, probe.Put(3, generation: 1));

        Assert.Equal(["5: put 1, remove 2, clear, put 3"], probe.TakeAll());
        Assert.Equal(8u, probe.Staging.LastSequence);
    }

    [Fact]
    public void A_full_block_is_sealed_by_the_record_that_does_not_fit_in()
    {
        var probe = new StagingProbe();
        for (int key = 0; key < 9; key++)
        {
            probe.Put(key);
        }

        Assert.Empty(probe.TakeSealed());
        Assert.False(probe.Staging.HasSealed);
        probe.Remove(9);

        Assert.True(probe.Staging.HasSealed);
        Assert.Equal(["5: put 0, put 1, put 2, put 3, put 4, put 5, put 6, put 7, put 8"], probe.TakeSealed());
        Assert.Equal(["14: remove 9"], probe.TakeAll());
    }

    [Fact]
    public void A_record_longer_than_a_block_is_handed_over_with_its_buffer_in_a_block_of_its_own()
    {
        var probe = new StagingProbe();
        probe.Put(1);
        Assert.False(probe.WasTaken);

        probe.Put(2, valueLength: 100);

        Assert.True(probe.WasTaken);
        Assert.Equal(110, probe.Buffer!.WrittenCount);
        probe.Put(3);
        Assert.False(probe.WasTaken);
        Assert.Equal(["5: put 1", "6: put 2", "7: put 3"], probe.TakeAll());
    }

    [Theory]
    [InlineData(StagingProbe.BlockSize - 7, false)]
    [InlineData(StagingProbe.BlockSize - 6, true)]
    public void A_record_as_long_as_a_block_is_copied_and_one_byte_more_is_handed_over(int valueLength, bool isTaken)
    {
        var probe = new StagingProbe();

        probe.Put(1, valueLength);

        Assert.Equal(isTaken, probe.WasTaken);
        Assert.Equal(["5: put 1"], probe.TakeAll());
    }

    [Fact]
    public void Nothing_is_sealed_where_nothing_was_appended()
    {
        var probe = new StagingProbe();

        Assert.Equal(4u, probe.Staging.Seal());

        Assert.Empty(probe.TakeSealed());
        Assert.False(probe.Staging.HasSealed);
    }

    [Fact]
    public void Only_what_is_sealed_takes_room()
    {
        var probe = new StagingProbe(room: 0);
        probe.Put(1);
        Assert.False(probe.Room.IsExhausted);

        probe.Staging.Seal();
        Assert.True(probe.Room.IsExhausted);

        probe.TakeSealed();
        Assert.False(probe.Room.IsExhausted);
    }

    [Fact]
    public void A_value_of_a_generation_before_the_last_clear_is_left_out()
    {
        var probe = new StagingProbe();
        ulong clear = probe.Clear();

        Assert.Equal(clear, probe.Put(1, generation: 0));
        Assert.Equal(clear + 1, probe.Put(2, generation: 1));
        probe.Staging.AppendClear(out long generation);
        probe.Put(3, generation: 1);

        Assert.Equal(2, generation);
        Assert.Equal(["5: clear, put 2, clear"], probe.TakeAll());
    }

    [Fact]
    public void After_it_is_closed_nothing_is_appended_and_all_before_is_awaited()
    {
        var probe = new StagingProbe();
        ulong last = probe.Put(1);
        probe.Staging.Close();

        Assert.Equal(last, probe.Put(2));
        Assert.Equal(last, probe.Remove(3));
        Assert.Equal(last, probe.Staging.AppendClear(out long generation));

        Assert.Equal(1, generation);
        Assert.Equal(["5: put 1"], probe.TakeAll());
    }

    [Fact]
    public void What_was_put_with_a_tag_before_it_was_removed_is_said_to_be_removed()
    {
        var probe = new StagingProbe();
        var tags = new TagRegistry(forgets: true);
        TagSet before = tags.SetOf(["a", "b"]);
        probe.Put(1, tags: before);

        Assert.True(probe.RemoveTag("b", tags));
        probe.Put(2, tags: before);
        probe.Put(3, tags: tags.SetOf(["a", "b"]));
        Assert.False(probe.RemoveTag("c", tags));

        Assert.Equal(["5: put 1, RemoveTag b, remove 2, put 3, RemoveTag c"], probe.TakeAll());
    }

    [Fact]
    public void A_tag_is_invalidated_even_if_nothing_is_written_down_any_more()
    {
        var probe = new StagingProbe();
        var tags = new TagRegistry(forgets: true);
        TagSet before = tags.SetOf(["a"]);
        probe.Staging.Close();

        Assert.True(probe.RemoveTag("a", tags));

        Assert.True(before.IsInvalidated);
        Assert.Empty(probe.TakeAll());
    }

    [Fact]
    public void The_removal_of_something_that_is_longer_than_a_block_has_a_block_of_its_own()
    {
        var probe = new StagingProbe();
        string prefix = new('p', 2 * StagingProbe.BlockSize);
        probe.Put(1);
        probe.RemovePrefix(prefix);
        probe.Put(2);

        Assert.Equal(["5: put 1", $"6: RemovePrefix {prefix}", "7: put 2"], probe.TakeAll());
    }

    [Fact]
    public void The_removal_of_something_that_is_longer_than_any_key_may_be_is_not_written_down()
    {
        var probe = new StagingProbe();
        probe.RemovePrefix(new string('p', RemovalText.MaxLength + 1));
        probe.RemovePrefix(new string('\u00e9', (RemovalText.MaxLength / 2) + 1));
        probe.Put(1);

        Assert.Equal(["5: put 1"], probe.TakeAll());
    }

    [Fact]
    public void A_key_is_untouched_until_anything_is_said_of_it_during_a_restore()
    {
        var probe = new StagingProbe();
        probe.Put(1);
        Assert.False(probe.IsUntouched(2));
        probe.Staging.BeginRestore();
        Assert.All([1, 2, 3, 4], key => Assert.True(probe.IsUntouched(key)));

        probe.Put(2);
        probe.Remove(3);
        Assert.All([1, 4], key => Assert.True(probe.IsUntouched(key)));
        Assert.All([2, 3], key => Assert.False(probe.IsUntouched(key)));

        probe.Staging.EndRestore();
        Assert.All([1, 2, 3, 4], key => Assert.False(probe.IsUntouched(key)));
    }

    [Fact]
    public void What_is_not_written_down_touches_its_key_all_the_same()
    {
        var probe = new StagingProbe(room: -1, drops: true);
        probe.Staging.BeginRestore();
        probe.Put(1);
        probe.Remove(2);
        probe.Put(3, generation: 77);
        probe.Staging.Close();
        probe.Put(4);
        probe.Remove(5);

        Assert.All([1, 2, 3, 4, 5], key => Assert.False(probe.IsUntouched(key)));
        Assert.True(probe.IsUntouched(6));
    }

    [Fact]
    public void A_clear_touches_all_keys()
    {
        var probe = new StagingProbe();
        probe.Staging.BeginRestore();
        Assert.True(probe.IsUntouched(1));

        probe.Clear();

        Assert.False(probe.IsUntouched(1));
    }

    [Fact]
    public void Threads_append_without_a_gap_and_each_in_its_order()
    {
        const int Threads = 4;
        const int EachThread = 2000;
        var probe = new StagingProbe();
        ulong digest = probe.Digest(1);
        ulong[][] sequences = [.. Enumerable.Range(0, Threads).Select(static _ => new ulong[EachThread])];
        Crew.Run(Threads, thread =>
        {
            for (int index = 0; index < EachThread; index++)
            {
                sequences[thread][index] = probe.Staging.AppendRemove(digest, isAwaited: false);
            }
        });

        Assert.All(sequences, static ofThread => Assert.Equal(ofThread.Order(), ofThread));
        Assert.Equal(
            Enumerable.Range((int)StagingProbe.FirstSequence, Threads * EachThread).Select(static sequence => (ulong)sequence),
            sequences.SelectMany(static ofThread => ofThread).Order());
        ulong next = StagingProbe.FirstSequence;
        probe.Staging.Seal();
        while (probe.Staging.Sealed.TryRead(out StagedBlock? block))
        {
            Assert.Equal(next, block.FirstSequence);
            next = block.LastSequence + 1;
        }

        Assert.Equal(probe.Staging.LastSequence + 1, next);
    }

    [Fact]
    public void What_comes_after_a_failure_waits_for_a_sequence_that_no_record_has()
    {
        var probe = new StagingProbe();
        ulong last = probe.Put(1);
        probe.Staging.Fail();

        Assert.All([probe.Put(2), probe.Remove(1), probe.Clear(), probe.Staging.Seal()], sequence => Assert.Equal(last + 1, sequence));
        Assert.Equal([$"{last}: put 1"], probe.TakeSealed());
    }

    [Fact]
    public void After_it_was_discarded_nothing_old_can_be_sealed_and_it_goes_on_behind_all_that_was_waited_for()
    {
        var probe = new StagingProbe(room: 0, drops: true);
        probe.Put(1);
        probe.Staging.Seal();
        probe.Put(2);
        probe.Remove(3);
        probe.Staging.Fail();
        ulong awaited = probe.Put(4);
        probe.TakeSealed();

        ulong next = probe.Staging.Discard();

        // The one between is that before the first: whoever asks for all that was written when the log goes on gets it.
        Assert.Equal(awaited + 2, next);
        Assert.Empty(probe.TakeAll());
        probe.Staging.Resume();
        Assert.Equal(next, probe.Put(5));
        Assert.Equal([$"{next}: put 5"], probe.TakeAll());
    }
}
