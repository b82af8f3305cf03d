using System.Runtime.CompilerServices;
using FastCache.Threading;
using Xunit;

namespace FastCache.Tests.Unit.Threading;

public class PinnedArrayTests
{
    [Fact]
    public void Elements_are_zero_at_first_and_places_of_their_own()
    {
        var array = new PinnedArray<int>(100);

        for (int i = 0; i < array.Length; i++)
        {
            Assert.Equal(0, array[i]);
            array[i] = i + 1;
        }

        for (int i = 0; i < array.Length; i++)
        {
            Assert.Equal(i + 1, array[i]);
        }

        array.KeepAlive();
    }

    [Fact]
    public void The_address_stays_the_same_while_the_collector_compacts()
    {
        var array = new PinnedArray<(string? Text, int Number)>(10);
        nint before = array.Address;
        array[9] = (new string('x', 10), 7);

        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);

        Assert.Equal((new string('x', 10), 7), array[9]);
        Assert.Equal(before, array.Address);
        Assert.Equal(before, AddressOf(ref array[0]));
        array.KeepAlive();
    }

    [Fact]
    public void What_an_element_refers_to_is_kept_alive_and_no_longer_than_that()
    {
        var array = new PinnedArray<object?>(1);
        WeakReference reference = Fill(array);

        GC.Collect();
        Assert.True(reference.IsAlive);

        array[0] = null;
        GC.Collect();
        Assert.False(reference.IsAlive);
        array.KeepAlive();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Fill(PinnedArray<object?> array)
    {
        object value = new();
        array[0] = value;
        return new WeakReference(value);
    }

    private static unsafe nint AddressOf<T>(ref T location) => (nint)Unsafe.AsPointer(ref location);
}
