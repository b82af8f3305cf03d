using FastCache.Table;
using Xunit;

namespace FastCache.Tests.Unit.Table;

internal static class TestSizes
{
    /// <summary>The final size of a table that has so many groups.</summary>
    public static TableSize WithGroups(int groups)
    {
        var size = TableSize.For(1, 1);
        while (size.Groups < groups)
        {
            size = TableSize.For(size.FullAt + 1, size.FullAt + 1);
        }

        Assert.Equal(groups, size.Groups);
        return size;
    }
}
