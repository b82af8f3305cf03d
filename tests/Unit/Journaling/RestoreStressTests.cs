using System.Globalization;
using FastCache.Journaling;
using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Journaling;

/// <summary>
/// A thread puts old values back while others write, remove and load the same keys, each its own: once a write or a removal of a key has
/// returned, nobody sees its old value.
/// </summary>
/// <remarks><c>FASTCACHE_STRESS_HITS</c> says of how many keys; each test prints the seed of its choices.</remarks>
public sealed class RestoreStressTests(ITestOutputHelper output)
{
    private const string Variable = "FASTCACHE_STRESS_HITS";
    private const long DefaultKeys = 60_000;
    private const int Workers = 3;
    private const int KeysPerWorker = 40;

    public static TheoryData<JournalShape> Shapes => [.. Enum.GetValues<JournalShape>()];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void No_old_value_is_seen_after_a_newer_word(JournalShape shape)
    {
        long wanted = (long.TryParse(Environment.GetEnvironmentVariable(Variable), CultureInfo.InvariantCulture, out long asked) ? asked : DefaultKeys) / Shapes.Count;
        int seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        int restored = 0;
        for (int round = 0; (long)round * Workers * KeysPerWorker < wanted; round++)
        {
            using var run = new JournaledCache(shape, ShareHashes);
            RestoreWorker[] workers = [.. Enumerable.Range(0, Workers).Select(
                number => new RestoreWorker(run, new Random(HashCode.Combine(seed, round, number))))];

            // The one that puts back is now before and now after the others.
            Crew.RunInStep(Workers + 1, KeysPerWorker, (number, phase) =>
            {
                if (number < Workers)
                {
                    workers[number].Change((phase * Workers) + number);
                    return;
                }

                for (int key = phase * Workers; key < (phase + 1) * Workers; key++)
                {
                    TimeSpan? life = key % 2 == 0 ? TimeSpan.FromDays(1) : null;
                    restored += run.Restore(key, RestoreWorker.Old, life) == RestoreOutcome.Restored ? 1 : 0;
                    Assert.True(key < Workers || run.Restore(key - Workers, RestoreWorker.Old) == RestoreOutcome.Outdated, "that is over");
                }
            });

            Array.ForEach(workers, static worker => worker.AssertAllAsLeft());
            run.AssertSound();
        }

        output.WriteLine($"{restored} put back before the newer word");
    }

    // A few of them, and of different phases: a write of one key puts loads of the others out of date, and many push each other out.
    private static void ShareHashes(CacheOptions<int, string> options)
    {
        if (options.Comparer is ScriptedComparer<int> comparer)
        {
            comparer.HashCodes = static key => key % KeysPerWorker;
        }
    }
}
