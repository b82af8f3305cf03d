using System.Runtime.CompilerServices;
using FastCache.Tagging;
using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Tagging;

public sealed class TagRegistryTests
{
    private readonly TagRegistry _tags = new(forgets: true);

    [Fact]
    public void A_set_is_invalidated_with_any_of_its_tags_and_with_no_other()
    {
        TagSet set = Make("a", "b", "c");

        Assert.False(_tags.Invalidate("d"));
        Assert.False(set.IsInvalidated);
        Assert.True(_tags.Invalidate("c"));
        Assert.True(set.IsInvalidated);
        Assert.False(Make("a", "b", "c").IsInvalidated);
    }

    [Fact]
    public void Tags_differ_by_every_character()
    {
        TagSet set = Make("a");

        Assert.False(_tags.Invalidate("A"));
        Assert.False(_tags.Invalidate("a\u0301"));

        Assert.False(set.IsInvalidated);
    }

    [Fact]
    public void A_set_is_as_old_as_what_it_was_made_from()
    {
        long before = _tags.Generation;
        TagSet holder = Make("a");
        _tags.Invalidate("a");
        long after = _tags.Generation;

        Assert.True(_tags.SetOf(["a"], before).IsInvalidated);
        Assert.False(_tags.SetOf(["a"], after).IsInvalidated);
        GC.KeepAlive(holder);
    }

    [Fact]
    public void An_invalidation_of_a_tag_that_nothing_has_hits_what_has_begun_before()
    {
        long before = _tags.Generation;

        Assert.False(_tags.Invalidate("a"));

        Assert.True(_tags.SetOf(["a"], before).IsInvalidated);
        Assert.False(_tags.SetOf(["b"], before).IsInvalidated);
        Assert.False(_tags.SetOf(["a"], _tags.Generation).IsInvalidated);
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_state_lives_as_long_as_a_set_has_it_and_its_invalidation_longer()
    {
        await Wait.LeaveRunner();
        long before = _tags.Generation;
        WeakReference state = MakeAndInvalidate("a");

        Garbage.AwaitCollection([state]);

        Assert.False(_tags.Invalidate("b"));
        Assert.True(_tags.SetOf(["a"], before).IsInvalidated);
        Assert.False(_tags.SetOf(["a"], _tags.Generation).IsInvalidated);
    }

    [Fact]
    public void Tags_that_nothing_has_are_given_up_but_not_what_they_had()
    {
        long before = _tags.Generation;
        TagSet holder = Make("held");
        _tags.Invalidate("first");
        for (int tag = 0; tag < 10_000; tag++)
        {
            _tags.Invalidate($"{tag}");
            _tags.Prune();
        }

        Assert.InRange(_tags.Count, 1, 2000);
        Assert.True(_tags.SetOf(["first"], before).IsInvalidated);
        Assert.True(_tags.SetOf(["7"], before).IsInvalidated);
        Assert.False(_tags.SetOf(["first"], _tags.Generation).IsInvalidated);
        Assert.False(holder.IsInvalidated);
        Assert.True(_tags.Invalidate("held"));
        Assert.True(holder.IsInvalidated);
    }

    [Fact]
    public void Nothing_is_given_up_before_it_may_be_forgotten()
    {
        var tags = new TagRegistry(forgets: false);
        for (int tag = 0; tag < 5000; tag++)
        {
            tags.Invalidate($"{tag}");
            tags.Prune();
        }

        Assert.Equal(5000, tags.Count);
        TagSet other = tags.SetOf(["other"], 0);
        Assert.False(other.IsInvalidated);

        tags.BeginToForget();
        tags.Prune();

        Assert.Equal(1, tags.Count);
        Assert.True(tags.SetOf(["another"], 0).IsInvalidated);
        GC.KeepAlive(other);
    }

    [Fact]
    public void Tags_that_something_has_are_not_given_up()
    {
        TagSet[] sets = [.. Enumerable.Range(0, 5000).Select(tag => Make($"{tag}"))];

        Assert.Equal(5000, _tags.Count);
        for (int tag = 0; tag < sets.Length; tag += 2)
        {
            Assert.True(_tags.Invalidate($"{tag}"));
        }

        Assert.All(sets.Index(), set => Assert.Equal(set.Index % 2 == 0, set.Item.IsInvalidated));
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task Threads_that_make_one_tag_share_its_state()
    {
        await Wait.LeaveRunner();
        for (int round = 0; round < 200; round++)
        {
            string tag = $"tag {round}";
            using var start = new Barrier(4);
            TagSet[] sets = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
            {
                start.SignalAndWait();
                return Make(tag);
            })));

            Assert.True(_tags.Invalidate(tag));

            Assert.All(sets, static set => Assert.True(set.IsInvalidated));
        }
    }

    private TagSet Make(params string[] tags) => _tags.SetOf(tags);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference MakeAndInvalidate(string tag)
    {
        TagSet set = Make(tag);
        Assert.True(_tags.Invalidate(tag));
        Assert.True(set.IsInvalidated);
        return new WeakReference(set);
    }
}
