using System.Runtime.CompilerServices;
using FastCache.Diagnostics;
using FastCache.Journaling;
using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Diagnostics;

/// <summary>The process's own meter, which other tests' caches use at the same time: only names of our own count.</summary>
public sealed class SharedMeterTests
{
    [Fact]
    public void Caches_without_a_factory_share_the_instruments_of_the_process()
    {
        using Cache<int, int> one = CacheOf("shared one");
        using Cache<int, int> other = CacheOf("shared other");
        using var reading = new MeterReading(scope: null);
        one.Set(1, 1);
        other.SetMany([new(1, 1), new(2, 2)]);

        reading.Observe();

        Dictionary<string, double> entries = reading.Of("dotnet.cache.entries");
        Assert.Equal((1, 2), (entries["dotnet.cache.name=shared one"], entries["dotnet.cache.name=shared other"]));
        Assert.Equal(18, reading.Instruments.Count);
        Assert.Equal(18, reading.Instruments.Select(instrument => instrument.Name).Distinct().Count());
    }

    [Fact]
    public void A_meter_does_not_keep_a_forgotten_cache_alive()
    {
        using var reading = new MeterReading(scope: null);
        WeakReference cache = MakeObserveAndForget(reading);

        // A thread that has just ended its work may still have a reference on its stack.
        for (int attempt = 0; attempt < 20 && cache.IsAlive; attempt++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            Thread.Yield();
        }

        Assert.False(cache.IsAlive);
        reading.Observe();
        Assert.DoesNotContain("dotnet.cache.name=forgotten", reading.Of("dotnet.cache.entries"));
    }

    [Fact]
    public void References_to_forgotten_caches_are_swept_as_others_are_made()
    {
        var caches = new MeasuredCaches();
        const int Made = 2000;
        for (int i = 0; i < Made; i++)
        {
            AddAndForget(caches);
            if (i % 100 == 0)
            {
                GC.Collect();
            }
        }

        Assert.InRange(caches.Held, 1, Made / 2);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void AddAndForget(MeasuredCaches caches) => caches.Add(new Unmeasured());

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference MakeObserveAndForget(MeterReading reading)
    {
        // Not disposed, on purpose.
#pragma warning disable CA2000
        Cache<int, int> cache = CacheOf("forgotten");
#pragma warning restore CA2000
        reading.Observe();
        Assert.Contains("dotnet.cache.name=forgotten", reading.Of("dotnet.cache.entries"));
        return new WeakReference(cache);
    }

    private static Cache<int, int> CacheOf(string name) => new(new CacheOptions<int, int> { Capacity = 10, Name = name });

    private sealed class Unmeasured : IMeasuredCache
    {
        public string? Name => null;

        public bool CountsRequests => false;

        public bool HasWeigher => false;

        public CacheStatistics Statistics => default;

        public JournalStatistics? JournalStatistics => null;
    }
}
