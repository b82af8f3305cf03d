using System.Globalization;
using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Stress;

/// <summary>
/// Four threads do everything at once to cache after cache. Every value says which key it belongs to and how new it is, so
/// torn, foreign and stale values are noticed by whoever reads them.
/// </summary>
/// <remarks>
/// The number of validated hits over all tests of the class is about three million. The environment variable
/// <c>FASTCACHE_STRESS_HITS</c> sets another: 50000000 takes minutes. Each test prints the seed of its choices; threads
/// interleave as they like, so a seed repeats the choices, not the run.
/// </remarks>
public sealed class CacheStressTests(ITestOutputHelper output)
{
    private const string HitsVariable = "FASTCACHE_STRESS_HITS";
    private const long DefaultHits = 3_000_000;
    private const int Tests = 8;
    private const int Threads = 4;
    private const int StepsPerThread = 25_000;

    [Fact]
    public void Integers_with_references_are_never_torn_foreign_or_stale()
        => Run<long, Stamp, LongToReference>();

    [Fact]
    public void Integers_with_integers_are_never_torn_foreign_or_stale()
        => Run<long, long, LongToLong>();

    [Fact]
    public void Integers_with_pairs_of_fields_are_never_torn_foreign_or_stale()
        => Run<int, IntPair, IntToPair>();

    [Fact]
    public void Guids_are_never_torn_foreign_or_stale()
        => Run<Guid, Stamp, GuidToReference>();

    [Fact]
    public void Strings_are_never_torn_foreign_or_stale()
        => Run<string, Stamp, TextToReference>();

    [Fact]
    public void Strings_with_a_comparer_are_never_torn_foreign_or_stale()
        => Run<string, Stamp, TextToReference>(StringComparer.OrdinalIgnoreCase);

    [Fact]
    public void Wide_values_are_never_torn_foreign_or_stale()
        => Run<long, Wide, LongToWide>();

    [Fact]
    public void Keys_with_an_equality_of_their_own_are_never_torn_foreign_or_stale()
        => Run<Paired, long, StructToLong>();

    private void Run<TKey, TValue, TShape>(IEqualityComparer<TKey>? comparer = null)
        where TKey : notnull
        where TShape : struct, IStressShape<TKey, TValue>
    {
        long wanted = (long.TryParse(Environment.GetEnvironmentVariable(HitsVariable), CultureInfo.InvariantCulture, out long asked)
            ? asked
            : DefaultHits) / Tests;
        long seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        long hits = 0;
        long writes = 0;
        int round = 0;
        for (; hits < wanted; round++)
        {
            var setup = StressSetup.Of(round, seed);
            using Cache<TKey, TValue> cache = setup.Create<TKey, TValue>(comparer);
            StressWorker<TKey, TValue, TShape>[] workers = [.. Enumerable.Range(0, Threads).Select(
                thread => new StressWorker<TKey, TValue, TShape>(cache, setup, thread))];

            Crew.Run(Threads, thread => workers[thread].Run(StepsPerThread));

            cache.AssertConsistent();
            Assert.InRange(cache.Count, 1, cache.Capacity);
            hits += workers.Sum(worker => worker.Hits);
            writes += workers.Sum(worker => worker.Writes);
        }

        output.WriteLine($"{round} caches, {hits} hits, {writes} writes");
    }
}
