using FastCache.Table;
using Xunit;

namespace FastCache.Tests.Unit.Table;

public class EntryVersionTests
{
    private static readonly uint[] States =
        [EntryVersion.Dead, EntryVersion.Updating, EntryVersion.Live, EntryVersion.Guarded];

    [Fact]
    public void The_zeroed_memory_of_a_new_table_means_no_entry() => Assert.True(EntryVersion.IsDead(default));

    [Fact]
    public void Only_the_dead_state_is_dead()
        => Assert.Equal([true, false, false, false], States.Select(EntryVersion.IsDead));

    [Fact]
    public void Another_state_leaves_the_sequence_alone()
    {
        uint version = EntryVersion.Next(EntryVersion.Next(0, EntryVersion.Live), EntryVersion.Live);

        foreach (uint state in States)
        {
            uint changed = EntryVersion.WithState(version, state);

            Assert.Equal(state, EntryVersion.State(changed));
            Assert.Equal(version, EntryVersion.WithState(changed, EntryVersion.Live));
        }
    }

    [Fact]
    public void The_next_version_differs_in_every_state_from_the_one_before()
    {
        foreach (uint before in States)
        {
            foreach (uint after in States)
            {
                uint next = EntryVersion.Next(0xABC0 | before, after);

                Assert.Equal(after, EntryVersion.State(next));
                Assert.All(States, state => Assert.NotEqual(EntryVersion.WithState(0xABC0, state), next));
            }
        }
    }

    [Fact]
    public void The_sequence_wraps_without_touching_the_state()
    {
        uint last = EntryVersion.WithState(uint.MaxValue, EntryVersion.Guarded);

        Assert.Equal(EntryVersion.Live, EntryVersion.Next(last, EntryVersion.Live));
    }
}
