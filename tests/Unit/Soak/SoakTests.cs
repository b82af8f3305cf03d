using System.Globalization;
using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Soak;

/// <summary>
/// Everything at once for a long time: all operations on several threads, loads that fail or are cancelled, time that passes, a listener,
/// scoped values; and meanwhile clearing, trimming, other limits, walks, disposal and new caches.
/// </summary>
/// <remarks>
/// Laws that are checked on the way: a value belongs to its key; there is never more than the limit allows; what was in the cache is told
/// once to the listener; a scoped value is disposed once, and not while it is leased; when all is quiet the structures agree.
/// The environment variable <c>FASTCACHE_SOAK_SECONDS</c> sets the length, in steps that take about as many seconds on two cores. Threads
/// interleave as they like, so a seed repeats the choices, not the run.
/// </remarks>
public sealed class SoakTests(ITestOutputHelper output)
{
    private const string Variable = "FASTCACHE_SOAK_SECONDS";
    private const int DefaultSeconds = 3;
    private const long StepsPerSecond = 60_000;

    [Fact]
    public void Nothing_is_torn_lost_told_twice_or_too_much()
    {
        int seconds = int.TryParse(Environment.GetEnvironmentVariable(Variable), CultureInfo.InvariantCulture, out int asked)
            ? asked
            : DefaultSeconds;
        int seed = Random.Shared.Next(1 << 30);
        output.WriteLine($"seed {seed}");
        using var run = new SoakRun(seed, seconds * StepsPerSecond);

        run.Run();

        output.WriteLine($"{run.Generations} generations of caches in {seconds * StepsPerSecond} steps");
        Assert.InRange(run.Generations, 3, int.MaxValue);
    }
}
