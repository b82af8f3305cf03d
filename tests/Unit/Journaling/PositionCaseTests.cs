using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Journaling;

/// <summary>After every operation in every situation the cache knows which record speaks of which of its entries.</summary>
public sealed class PositionCaseTests
{
    public static TheoryData<string, JournalShape> All => JournalCases.All;

    [Theory(Timeout = Wait.Watchdog)]
    [MemberData(nameof(All))]
    public async Task An_entry_is_where_its_newest_record_is(string name, JournalShape shape)
    {
        await Wait.LeaveRunner();
        using JournaledCache run = Do(name, shape);

        Positions.AssertNewest(run);
    }

    [Theory(Timeout = Wait.Watchdog)]
    [MemberData(nameof(All))]
    public async Task Only_the_newest_record_of_an_entry_is_written_again(string name, JournalShape shape)
    {
        await Wait.LeaveRunner();
        using JournaledCache run = Do(name, shape);
        KeyValuePair<int, string>[] before = [.. run.Cache];
        Dictionary<int, ulong> newest = Positions.NewestIn(run);

        foreach ((int key, string value) in before)
        {
            ulong position = newest.GetValueOrDefault(key, JournaledCache.RestoredAt(key));
            string[] lines = run.Journal.Lines;
            Assert.All(
                Enumerable.Range(1, lines.Length + 1).Where(other => (ulong)other != position),
                other => Assert.False(run.WriteDownAgain(key, (ulong)other)));
            Assert.Equal(lines, run.Journal.Lines);

            Assert.True(run.WriteDownAgain(key, position));
            Assert.False(run.WriteDownAgain(key, position), "it is somewhere else now");
            Assert.Equal([.. lines, $"put {key} = copy"], run.Journal.Lines);
            Assert.Equal(value, run.Held(key));
        }

        Positions.AssertNewest(run);
    }

    private static JournaledCache Do(string name, JournalShape shape)
    {
        JournaledCache run = JournalCases.Begin(name, shape, forgets: false);
        JournalCases.Named(name).Do(run);
        run.AwaitLoads();
        return run;
    }
}
