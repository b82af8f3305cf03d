using System.Globalization;
using FastCache.Journaling;
using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Journaling;

/// <summary>
/// A thread puts old values back while others write, remove and load keys, each its own: once a write or a removal of a key has
/// returned, nobody sees its old value.
/// </summary>
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
        int outdated = 0;
        for (int round = 0; (long)round * Workers * KeysPerWorker < wanted; round++)
        {
            using var run = new JournaledCache(shape, ShareHashes);
            RestoreWorker[] workers = [.. Enumerable.Range(0, Workers).Select(
                number => new RestoreWorker(run, number * KeysPerWorker, KeysPerWorker, new Random(HashCode.Combine(seed, round, number))))];
            int[] keys = [.. Enumerable.Range(0, Workers * KeysPerWorker)];
            new Random(HashCode.Combine(seed, round)).Shuffle(keys);

            Crew.Run(Workers + 1, number =>
            {
                if (number < Workers)
                {
                    workers[number].Run();
                    return;
                }

                foreach (int key in keys)
                {
                    RestoreOutcome outcome = run.Restore(key, RestoreWorker.Old, life: key % 2 == 0 ? TimeSpan.FromDays(1) : null);
                    Interlocked.Increment(ref outcome == RestoreOutcome.Restored ? ref restored : ref outdated);
                }
            });

            Array.ForEach(workers, static worker => worker.AssertNothingOldIsLeft());
            run.AssertSound();
        }

        output.WriteLine($"{restored} restored, {outdated} out of date");
        Assert.InRange(restored, 1, int.MaxValue);
        Assert.InRange(outdated, 1, int.MaxValue);
    }

    // A few of them: more would push each other out.
    private static void ShareHashes(CacheOptions<int, string> options)
    {
        if (options.Comparer is ScriptedComparer<int> comparer)
        {
            comparer.HashCodes = static key => key / 3;
        }
    }
}
