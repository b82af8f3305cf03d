using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Tagging;

public sealed class RemoveWhereTests
{
    private readonly ManualTimeProvider _time = new();

    public static TheoryData<string> Kinds => TaggedCache.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_chosen_entries_go_and_the_others_stay(string kind)
    {
        using Cache<int, string> cache = TaggedCache.Of(kind, _time);
        for (int key = 0; key < 300; key++)
        {
            cache.Set(key, "value", TaggedCache.Tagged("a"));
        }

        Assert.Equal(100, cache.RemoveWhere(static key => key % 3 == 0));

        Assert.All(Enumerable.Range(0, 300), key => Assert.Equal(key % 3 != 0, cache.ContainsKey(key)));
        Assert.Equal(0, cache.RemoveWhere(static key => key % 3 == 0));
        cache.AssertConsistent();
    }

    [Fact]
    public void What_is_absent_is_not_counted_and_a_stale_value_does_not_come_back()
    {
        using Cache<int, string> cache = ExpiringCache.Of<int, string>(
            _time, static options => options.Loading = new LoadOptions { FailSafeMaxDuration = TimeSpan.FromHours(1) });
        ShardAccess.StopActor(cache);
        cache.Set(1, "stale", ExpiringCache.For(TimeSpan.FromSeconds(1)));
        cache.Set(2, "tagged", TaggedCache.Tagged("a"));
        cache.Set(3, "there");
        _time.Advance(TimeSpan.FromSeconds(2));
        cache.RemoveByTag("a");

        Assert.Equal(1, cache.RemoveWhere(static _ => true));

        Assert.Equal(0, cache.Count);
        Assert.Throws<InvalidDataException>(() => cache.GetOrAdd(1, static _ => throw new InvalidDataException()));
    }

    [Fact]
    public void A_listener_is_told_of_each()
    {
        var record = new RemovalRecord<int, string>();
        using Cache<int, string> cache = record.Watch(10);
        cache.Set(1, "one");
        cache.Set(2, "two");

        cache.RemoveWhere(static key => key == 2);

        SpinWait.SpinUntil(() => record.Count == 1);
        Assert.Equal([(2, "two", RemovalCause.Explicit)], record.Removals);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_is_being_loaded_for_a_chosen_key_is_not_kept(bool isChosen)
    {
        using Cache<int, string> cache = ExpiringCache.Of<int, string>(_time);

        string value = cache.GetOrAdd(1, _ =>
        {
            Assert.Equal(0, cache.RemoveWhere(key => key == 1 == isChosen));
            return "loaded";
        });

        Assert.Equal("loaded", value);
        Assert.Equal(!isChosen, cache.ContainsKey(1));
        Assert.Equal(0, cache.LoadsInProgress);
    }

    [Fact]
    public void Entries_that_move_meanwhile_are_found()
    {
        using Cache<int, string> cache = TestCache.Of<int, string>(100_000);
        for (int key = 0; key < 100; key++)
        {
            cache.Set(key, "value");
        }

        int next = 1000;
        int removed = cache.RemoveWhere(key =>
        {
            if (next < 3000)
            {
                cache.Set(next++, "value");
            }

            return key < 100;
        });

        Assert.Equal(100, removed);
        Assert.All(Enumerable.Range(0, 100), key => Assert.False(cache.ContainsKey(key)));
        Assert.Equal(next - 1000, cache.Count);
        cache.AssertConsistent();
    }

    [Fact]
    public void An_entry_that_is_replaced_by_another_key_while_it_is_looked_at_is_not_taken_for_it()
    {
        using Cache<int, string> cache = TestCache.Of<int, string>(1);
        cache.Set(1, "one");

        Assert.Equal(0, cache.RemoveWhere(key =>
        {
            cache.Set(2, "two");
            return key == 1;
        }));

        Assert.True(cache.ContainsKey(2));
    }

    [Fact]
    public void A_function_that_throws_leaves_no_trace()
    {
        using Cache<int, string> cache = TestCache.Of<int, string>(10);
        cache.Set(1, "one");

        cache.GetOrAdd(2, _ =>
        {
            Assert.Throws<InvalidDataException>(() => cache.RemoveWhere(static _ => throw new InvalidDataException()));
            return "two";
        });

        Assert.True(cache.ContainsKey(1) && cache.ContainsKey(2));
        Assert.Equal(0, cache.LoadsInProgress);
        cache.AssertConsistent();
    }
}
