using Xunit;

namespace FastCache.Tests.Unit.Soak;

/// <summary>Does what an application's operators and background jobs do, now and then, while others read and write.</summary>
internal sealed class SoakAdministrator(SoakRun run, Random random)
{
    private static readonly int[] Limits = [SoakSetup.Limit, 50, 200, 8, SoakSetup.Limit];

    /// <summary>Gives one order.</summary>
    public void Step()
    {
        int order = random.Next(100);
        if (order < 3)
        {
            run.Renew();
            return;
        }

        SoakGeneration generation = run.Enter();
        try
        {
            Step(order, generation, generation.Values);
        }
        finally
        {
            generation.Leave();
        }
    }

    private void Step(int order, SoakGeneration generation, Cache<int, SoakValue> cache)
    {
        switch (order)
        {
            case < 25:
                generation.ChangeLimit(Limits[random.Next(Limits.Length)]);
                generation.AssertWithinLimit();
                break;
            case < 30:
                cache.Clear();
                generation.Resources.Clear();
                break;
            case < 45:
                Assert.InRange(cache.Trim(random.Next(50)), 0, 49);
                generation.Resources.Trim(random.Next(50));
                break;
            case < 55:
                cache.TrimExpired();
                break;
            case < 70:
                foreach ((int key, SoakValue value) in cache)
                {
                    value.SeeIn(key);
                }

                break;
            case < 80:
                Assert.All(cache.Hottest(20), static entry => entry.Value.SeeIn(entry.Key));
                Assert.All(cache.Coldest(20), static entry => entry.Value.SeeIn(entry.Key));
                break;
            case < 90:
                cache.Explain(random.Next(SoakSetup.Keys));
                break;
            default:
                CacheStatistics statistics = cache.Statistics;
                Assert.InRange(statistics.Count, 0, SoakSetup.Keys);
                Assert.InRange(statistics.Weight, 0, SoakSetup.Limit);
                Assert.Equal(0, statistics.ListenerFailures);
                break;
        }
    }
}
