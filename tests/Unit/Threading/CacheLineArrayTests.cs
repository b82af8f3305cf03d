using System.Runtime.CompilerServices;
using FastCache.Threading;
using Xunit;

namespace FastCache.Tests.Unit.Threading;

public unsafe class CacheLineArrayTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(1000)]
    public void Every_block_begins_with_a_cache_line(int lines)
    {
        // Several, since any one could be aligned by luck.
        CacheLineArray[] arrays = [.. Enumerable.Range(0, 20).Select(_ => new CacheLineArray(lines))];

        foreach (CacheLineArray array in arrays)
        {
            for (int line = 0; line < lines; line++)
            {
                Assert.Equal(0, AddressOf(array, line * CacheLineArray.LineSize) % CacheLineArray.LineSize);
            }
        }

        GC.KeepAlive(arrays);
    }

    [Fact]
    public void It_begins_zeroed()
    {
        for (int i = 0; i < 100; i++)
        {
            var array = new CacheLineArray(10);
            for (int offset = 0; offset < 10 * CacheLineArray.LineSize; offset++)
            {
                Assert.Equal(0, array.At(offset));
                array.At(offset) = 0xFF;
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void All_bytes_of_all_lines_are_its_own(int lines)
    {
        CacheLineArray[] arrays = [.. Enumerable.Range(0, 50).Select(_ => new CacheLineArray(lines))];
        int size = lines * CacheLineArray.LineSize;

        for (int i = 0; i < arrays.Length; i++)
        {
            for (int offset = 0; offset < size; offset++)
            {
                arrays[i].At(offset) = (byte)(i + offset);
            }
        }

        for (int i = 0; i < arrays.Length; i++)
        {
            Assert.Equal(lines, arrays[i].Lines);
            for (int offset = 0; offset < size; offset++)
            {
                Assert.Equal((byte)(i + offset), arrays[i].At(offset));
            }
        }

        GC.KeepAlive(arrays);
    }

    [Fact]
    public void A_collection_does_not_move_it()
    {
        CacheLineArray[] arrays = [.. Enumerable.Range(0, 20).Select(_ => new CacheLineArray(4))];
        nint[] before = [.. arrays.Select(array => AddressOf(array, 0))];
        arrays[7].At(100) = 77;

        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);

        Assert.Equal(before, arrays.Select(array => AddressOf(array, 0)));
        Assert.Equal(77, arrays[7].At(100));
        GC.KeepAlive(arrays);
    }

    [Fact]
    public void A_size_beyond_what_an_array_can_hold_is_refused()
        => Assert.Throws<OverflowException>(() => new CacheLineArray(int.MaxValue / CacheLineArray.LineSize));

    private static nint AddressOf(CacheLineArray array, int offset) => (nint)Unsafe.AsPointer(ref array.At(offset));
}
