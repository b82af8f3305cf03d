using FastCache.Bench.Reporting.Html.Charts;
using Xunit;

namespace FastCache.Tests.Bench.Reporting.Html.Charts;

public sealed class PaletteTests
{
    [Fact]
    public void A_contestant_has_its_colour_in_every_chart_and_a_product_its_own_on_every_page()
    {
        Palette palette = new();
        string[] known = ["(empty loop)", "FastCache", "ConcurrentDictionary", "ConcurrentDictionary + FIFO", "MemoryCache", "LRU", "optimum"];

        Assert.Equal(known.Length, known.Select(palette.ClassOf).Distinct().Count());
        Assert.Equal(palette.ClassOf("FastCache"), palette.ClassOf("FastCache, TTL"));
        Assert.Equal(palette.ClassOf("LRU"), palette.ClassOf("exact LRU"));
        Assert.DoesNotContain(palette.ClassOf("raw"), known.Select(palette.ClassOf));
        Assert.NotEqual(palette.ClassOf("raw"), palette.ClassOf("LZ4"));
        Assert.Equal(palette.ClassOf("raw"), palette.ClassOf("raw"));
        Assert.All(known.Append("raw"), name => Assert.Equal(2, Palette.Style.Split($".{palette.ClassOf(name)}{{").Length - 1));
    }
}
