using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Stress;

/// <summary>
/// Threads write, read and change entries that expire while another lets time pass and tables grow and shrink: no value is seen
/// after its end, and none is missed before.
/// </summary>
public sealed class ExpiryStressTests(ITestOutputHelper output)
{
    private const int Writers = 3;
    private const int KeysPerWriter = 1500;
    private const int StepsPerWriter = 40_000;
    private const int StepsPerAdvance = 24;

    public static TheoryData<EvictionPolicy, bool> Kinds => ExpiringCache.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Nothing_is_seen_after_its_end_and_nothing_is_missed_before(EvictionPolicy policy, bool isPrecise)
    {
        int seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var time = new ManualTimeProvider();
        using Cache<int, Dated> cache = ExpiringCache.Of<int, Dated>(
            time,
            options => (options.Eviction, options.PreciseExpiry) = (policy, isPrecise),
            capacity: 2 * Writers * KeysPerWriter);
        long steps = 0;
        ExpiryWorker[] workers = [.. Enumerable.Range(0, Writers).Select(number => new ExpiryWorker(
            cache, time, isPrecise, number * KeysPerWriter, KeysPerWriter, Writers * KeysPerWriter, new Random(seed + number)))];
        var random = new Random(seed - 1);
        int running = Writers;

        Crew.Run(Writers + 1, number =>
        {
            if (number < Writers)
            {
                try
                {
                    for (int i = 0; i < StepsPerWriter; i++)
                    {
                        workers[number].Step();
                        Interlocked.Increment(ref steps);
                    }
                }
                finally
                {
                    Interlocked.Decrement(ref running);
                }

                return;
            }

            // Time passes as fast as the writers work, so that entries live for some steps of theirs.
            var wait = default(SpinWait);
            for (long next = StepsPerAdvance; Volatile.Read(ref running) > 0;)
            {
                if (Interlocked.Read(ref steps) < next)
                {
                    wait.SpinOnce(sleep1Threshold: -1);
                    continue;
                }

                time.Advance(TimeSpan.FromMilliseconds(random.Next(1, 12)));
                next += StepsPerAdvance;
            }
        });

        cache.AssertConsistent();
        Assert.Equal(0, cache.Statistics.Evictions);
        Assert.InRange(cache.Statistics.Expirations, 1000, long.MaxValue);
        Assert.InRange(workers.Sum(worker => worker.Hits), 1000, int.MaxValue);
        time.Advance(TimeSpan.FromMinutes(1));
        cache.TrimExpired();
        Assert.Equal(0, cache.Count);
        cache.AssertConsistent();
    }
}
