using FastCache.Persistence.Lz4;
using Xunit;

namespace FastCache.Tests.Persistence.Lz4;

public class BlockCodecsTests
{
    [Fact]
    public void The_default_writes_lz4_blocks() => Assert.Equal(1, BlockCodecs.Default.Id);
}
