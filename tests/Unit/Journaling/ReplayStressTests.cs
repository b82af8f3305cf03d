using System.Globalization;
using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Journaling;

/// <summary>
/// Threads write and remove a few keys, alone and together. Whenever they pause, what was written down comes to what the cache holds: the journal's
/// order of a key is that of its values.
/// </summary>
/// <remarks>
/// <c>FASTCACHE_STRESS_HITS</c> says how many operations the tests of the class do; each prints the seed of its choices.
/// </remarks>
public sealed class ReplayStressTests(ITestOutputHelper output)
{
    private const string Variable = "FASTCACHE_STRESS_HITS";
    private const long DefaultOperations = 1_500_000;
    private const int Threads = 4;
    private const int Pauses = 20;
    private const int StepsBetweenPauses = 40;

    public static TheoryData<JournalShape, bool> Kinds
        => [.. Enum.GetValues<JournalShape>().Select(static shape => (shape, false)), .. Enum.GetValues<JournalShape>().Select(static shape => (shape, true))];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_is_written_down_comes_to_what_there_is(JournalShape shape, bool clears)
    {
        long wanted = (long.TryParse(Environment.GetEnvironmentVariable(Variable), CultureInfo.InvariantCulture, out long asked) ? asked : DefaultOperations) / Kinds.Count;
        int seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        long done = 0;
        for (int round = 0; done < wanted; round++)
        {
            using var run = new JournaledCache(shape);
            ReplayWorker[] workers = [.. Enumerable.Range(0, Threads).Select(
                thread => new ReplayWorker(run.Cache, thread, clears, new Random(HashCode.Combine(seed, round, thread))))];

            Crew.RunInStep(Threads, Pauses, (thread, _) => workers[thread].Run(StepsBetweenPauses), afterEach: () => AssertReplayed(run));

            run.AssertSound();
            done += Threads * Pauses * StepsBetweenPauses;
        }

        output.WriteLine($"{done} operations");
    }

    private static void AssertReplayed(JournaledCache run)
    {
        Assert.Equal(run.Journal.Replay().OrderBy(static entry => entry.Key), run.Cache.OrderBy(static entry => entry.Key));
        foreach (IGrouping<int, JournalEntry<int, string>> ofKey in run.Journal.Entries.Where(static entry => entry.Kind == JournalEntryKind.Put).GroupBy(static entry => entry.Key))
        {
            if (run.Cache.TimeToLive(ofKey.Key) is { } left && run.Cache.Count > 0)
            {
                JournalEntry<int, string> last = ofKey.Last();
                Assert.Equal(left, last.Lifetime.IsForever ? Timeout.InfiniteTimeSpan : TimeSpan.FromTicks(last.Lifetime.ExpiresAt - last.Now));
            }
        }
    }
}
