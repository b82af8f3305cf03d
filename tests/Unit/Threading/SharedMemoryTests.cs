using FastCache.Threading;
using Xunit;

namespace FastCache.Tests.Unit.Threading;

public class SharedMemoryTests
{
    [Fact]
    public void A_compare_and_swap_succeeds_only_on_the_expected_value()
    {
        uint word = 5;
        int number = -5;

        Assert.False(SharedMemory.CompareAndSwap(ref word, 4, 6));
        Assert.False(SharedMemory.CompareAndSwap(ref number, -4, 6));
        Assert.Equal((5u, -5), (word, number));

        Assert.True(SharedMemory.CompareAndSwap(ref word, 5, 6));
        Assert.True(SharedMemory.CompareAndSwap(ref number, -5, 6));
        Assert.Equal((6u, 6), (word, number));
    }

    [Fact]
    public void An_exchange_gives_the_value_before()
    {
        int number = 1;

        Assert.Equal(1, SharedMemory.Exchange(ref number, 2));
        Assert.Equal(2, number);
    }

    [Fact]
    public void What_is_written_is_read_with_any_ordering()
    {
        uint word = 0;
        int number = 0;
        byte small = 0;
        string text = "old";

        SharedMemory.WriteRelease(ref word, uint.MaxValue);
        SharedMemory.WriteRelease(ref number, int.MinValue);
        SharedMemory.WriteRelease(ref small, (byte)7);
        SharedMemory.WriteRelease(ref text, "new");

        Assert.Equal(uint.MaxValue, SharedMemory.ReadAcquire(ref word));
        Assert.Equal(uint.MaxValue, SharedMemory.ReadRelaxed(ref word));
        Assert.Equal(int.MinValue, SharedMemory.ReadAcquire(ref number));
        Assert.Equal(7, SharedMemory.ReadRelaxed(ref small));
        Assert.Equal("new", SharedMemory.ReadAcquire(ref text));
        SharedMemory.WriteRelaxed(ref small, 8);
        Assert.Equal(8, small);
    }
}
