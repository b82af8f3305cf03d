using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Weight;

/// <summary>A weigher that fails fails the write that asked, and nothing else.</summary>
public sealed class WeigherThrowsTests
{
    public static TheoryData<string> Writes => WeighedWrites.Names;

    [Theory]
    [MemberData(nameof(Writes))]
    public void What_a_weigher_throws_passes_through_and_leaves_no_trace(string write)
    {
        var weigher = new ScriptedWeigher();
        using Cache<int, string> cache = weigher.CreateCache();
        WeighedWrites.Fill(cache);
        weigher.OnWeigh = (_, _) => throw new WeigherException();

        Assert.Throws<WeigherException>(() => WeighedWrites.Run(write, cache));
        weigher.OnWeigh = null;

        WeighedWrites.AssertUntouched(cache);
        Assert.Equal(default, Happened.In(cache));
        CacheProbe.AssertWorks(cache);
    }

    [Theory]
    [MemberData(nameof(Writes))]
    public void A_negative_weight_is_an_error_that_leaves_no_trace(string write)
    {
        var weigher = new ScriptedWeigher();
        using Cache<int, string> cache = weigher.CreateCache();
        WeighedWrites.Fill(cache);
        foreach (int weight in new[] { -1, int.MinValue })
        {
            weigher.Weights = (_, _) => weight;

            InvalidOperationException exception
                = Assert.Throws<InvalidOperationException>(() => WeighedWrites.Run(write, cache));

            Assert.Contains($"{weight}", exception.Message, StringComparison.Ordinal);
        }

        weigher.Weights = (_, value) => value.Length;
        WeighedWrites.AssertUntouched(cache);
        Assert.Equal(default, Happened.In(cache));
        CacheProbe.AssertWorks(cache);
    }

    [Theory]
    [MemberData(nameof(Writes))]
    public void A_weigher_is_asked_once_a_write(string write)
    {
        var weigher = new ScriptedWeigher();
        using Cache<int, string> cache = weigher.CreateCache();
        WeighedWrites.Fill(cache);
        int before = weigher.Calls;
        var asked = new List<KeyValuePair<int, string>>();
        weigher.OnWeigh = (key, value) => asked.Add(new(key, value));

        WeighedWrites.Run(write, cache);

        Assert.Equal(before + 1, weigher.Calls);
        Assert.Equal([new(WeighedWrites.KeyOf(write), WeighedWrites.New)], asked);
        Assert.True(cache.TryPeek(WeighedWrites.KeyOf(write), out string? written));
        Assert.Equal(WeighedWrites.New, written);
        cache.AssertConsistent();
    }

    [Fact]
    public void What_comes_before_a_value_that_cannot_be_weighed_stays()
    {
        var weigher = new ScriptedWeigher();
        using Cache<int, string> cache = weigher.CreateCache();
        weigher.Weights = (key, value) => key == 3 ? throw new WeigherException() : value.Length;

        Assert.Throws<WeigherException>(
            () => cache.SetMany(Enumerable.Range(0, 9).Select(key => KeyValuePair.Create(key, $"{key}"))));

        Assert.Equal([0, 1, 2], cache.Select(entry => entry.Key).Order());
        Assert.Equal(3, cache.Weight);
        CacheProbe.AssertWorks(cache);
    }

    [Fact]
    public void Reads_and_removals_ask_no_weigher()
    {
        var weigher = new ScriptedWeigher();
        using Cache<int, string> cache = weigher.CreateCache();
        WeighedWrites.Fill(cache);
        weigher.OnWeigh = (_, _) => throw new WeigherException();

        Assert.True(cache.TryGet(0, out _));
        Assert.Equal("two", cache.GetOrAdd(2, _ => "never"));
        Assert.Equal(4, cache.Explain(0)!.Weight);
        Assert.False(cache.TryUpdate(1, "new", "not the old one"));
        Assert.Equal(3, cache.Hottest(3).Count);
        Assert.Equal(1, cache.Trim(1));
        Assert.Equal(2, cache.RemoveMany([0, 1, 2]));
        cache.Clear();

        Assert.Equal(0, cache.Weight);
        cache.AssertConsistent();
    }

    private sealed class WeigherException : Exception;
}
