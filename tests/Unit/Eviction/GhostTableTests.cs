using FastCache.Eviction;
using Xunit;

namespace FastCache.Tests.Unit.Eviction;

public class GhostTableTests
{
    private const int Capacity = 100_000;
    private const int Horizon = 1600;
    private const uint Filler = 0xF111_E200;

    [Fact]
    public void An_evicted_hash_is_found()
    {
        var ghosts = new GhostTable(Capacity, Horizon);
        ghosts.Add(42);

        Assert.True(ghosts.TryTake(42));
    }

    [Theory]
    [InlineData(42u)]
    [InlineData(0u)]
    public void A_ghost_that_was_taken_is_forgotten(uint hash)
    {
        var ghosts = new GhostTable(Capacity, Horizon);
        ghosts.Add(hash);
        Assert.True(ghosts.TryTake(hash));

        Assert.False(ghosts.TryTake(hash));
        for (int i = 0; i < 2 * Horizon; i++)
        {
            ghosts.Add(Filler);
            Assert.False(ghosts.TryTake(hash));
        }
    }

    [Fact]
    public void A_ghost_is_found_within_the_horizon_and_not_after_it()
    {
        for (int evictions = 0; evictions <= 2 * Horizon; evictions += 50)
        {
            var ghosts = new GhostTable(Capacity, Horizon);
            ghosts.Add(42);
            Add(ref ghosts, Filler, evictions);

            bool found = ghosts.TryTake(42);

            // Ages are counted in sixteenths of the horizon.
            if (evictions <= Horizon)
            {
                Assert.True(found, $"after {evictions} evictions");
            }
            else if (evictions > Horizon + (Horizon / 16))
            {
                Assert.False(found, $"after {evictions} evictions");
            }
        }
    }

    [Fact]
    public void A_ghost_is_as_good_at_any_time_in_the_life_of_the_table()
    {
        var ghosts = new GhostTable(capacity: 100, horizon: 16);
        for (uint i = 0; i < 3 * 4096; i++)
        {
            ghosts.Add(i);
            Assert.True(ghosts.TryTake(i), $"eviction {i}");
            Assert.False(ghosts.TryTake(i), $"eviction {i}");
        }
    }

    [Fact]
    public void A_ghost_without_a_fingerprint_is_forgotten_too_at_any_time_in_the_life_of_the_table()
    {
        // Hash and fingerprint 0 are what an empty cell, and one that was taken, hold.
        var ghosts = new GhostTable(Capacity, horizon: 16);
        for (int i = 0; i < 3 * 4096; i++)
        {
            ghosts.Add(0);
            Assert.True(ghosts.TryTake(0), $"eviction {i}");
            Assert.False(ghosts.TryTake(0), $"eviction {i}");
            ghosts.Add(Filler);
            Assert.False(ghosts.TryTake(0), $"eviction {i}");
        }
    }

    [Fact]
    public void An_empty_table_finds_nothing()
    {
        var ghosts = new GhostTable(Capacity, Horizon);

        Assert.False(ghosts.TryTake(0));
        for (uint hash = 0; hash < 100_000; hash++)
        {
            Assert.False(ghosts.TryTake(hash * 0x9E37_79B1));
        }
    }

    [Fact]
    public void A_hash_that_was_not_evicted_is_hardly_ever_found()
    {
        var ghosts = new GhostTable(Capacity, Horizon);
        for (uint hash = 0; hash < Horizon; hash++)
        {
            ghosts.Add(hash * 0x9E37_79B1);
        }

        int found = 0;
        for (uint hash = Horizon; hash < 200_000; hash++)
        {
            found += ghosts.TryTake(hash * 0x9E37_79B1) ? 1 : 0;
        }

        // Twenty bits of fingerprint: one in a million of those that meet a ghost at all.
        Assert.InRange(found, 0, 2);
    }

    [Fact]
    public void Recent_ghosts_rarely_displace_each_other()
    {
        const int Evictions = Capacity / 10;
        var ghosts = new GhostTable(Capacity, horizon: Evictions);
        for (uint hash = 0; hash < Evictions; hash++)
        {
            ghosts.Add(hash * 0x0101_6B55);
        }

        int found = 0;
        for (uint hash = 0; hash < Evictions; hash++)
        {
            found += ghosts.TryTake(hash * 0x0101_6B55) ? 1 : 0;
        }

        // Direct-mapped, three cells a ghost: 14 % are overwritten when hashes are random.
        Assert.InRange(found, Evictions * 8 / 10, Evictions);
    }

    [Fact]
    public void A_newer_ghost_takes_the_cell_of_an_older_one()
    {
        // 64 cells: a hundred ghosts do not fit.
        var ghosts = new GhostTable(capacity: 1, horizon: 1000);
        for (uint hash = 0; hash < 100; hash++)
        {
            ghosts.Add(hash * 0x9E37_79B1);
            Assert.True(ghosts.TryTake(hash * 0x9E37_79B1));
            ghosts.Add(hash * 0x9E37_79B1);
        }

        int found = 0;
        for (uint hash = 0; hash < 100; hash++)
        {
            found += ghosts.TryTake(hash * 0x9E37_79B1) ? 1 : 0;
        }

        Assert.InRange(found, 1, 64);
    }

    [Fact]
    public void Room_for_more_entries_makes_more_cells_and_forgets()
    {
        var ghosts = new GhostTable(capacity: 1, horizon: 10_000);
        ghosts.Add(42);

        ghosts.EnsureRoomFor(100);
        Assert.True(ghosts.TryTake(42));

        ghosts.Add(42);
        ghosts.EnsureRoomFor(Capacity);
        Assert.False(ghosts.TryTake(42));

        int found = 0;
        for (uint hash = 0; hash < 1000; hash++)
        {
            ghosts.Add(hash * 0x9E37_79B1);
        }

        for (uint hash = 0; hash < 1000; hash++)
        {
            found += ghosts.TryTake(hash * 0x9E37_79B1) ? 1 : 0;
        }

        Assert.InRange(found, 900, 1000);
    }

    [Theory]
    [InlineData(16, true)]
    [InlineData(17, false)]
    public void The_horizon_is_exact_where_every_eviction_is_an_age(int evictions, bool isFound)
    {
        var ghosts = new GhostTable(Capacity, horizon: 16);
        ghosts.Add(42);

        Add(ref ghosts, Filler, evictions);

        Assert.Equal(isFound, ghosts.TryTake(42));
    }

    [Theory]
    [InlineData(160, 1, true)]
    [InlineData(170, 1, false)]
    [InlineData(15, 11, true)]
    [InlineData(15, 12, false)]
    [InlineData(9, 18, true)]
    [InlineData(9, 19, false)]
    public void The_weight_that_was_evicted_since_counts_and_nothing_of_it_is_lost(int weight, int times, bool isFound)
    {
        // Ten to an age, and the ghost begins one.
        var ghosts = new GhostTable(Capacity, horizon: 160);
        ghosts.Add(42, weight: 10);

        for (int i = 0; i < times; i++)
        {
            ghosts.Add(Filler, weight);
        }

        Assert.Equal(isFound, ghosts.TryTake(42));
    }

    [Fact]
    public void Another_horizon_counts_from_the_next_eviction_on()
    {
        var ghosts = new GhostTable(Capacity, horizon: 16);
        ghosts.Add(42);
        ghosts.SetHorizon(160);

        Add(ref ghosts, Filler, 100);
        Assert.True(ghosts.TryTake(42));

        ghosts.SetHorizon(1);
        ghosts.Add(43);
        Add(ref ghosts, Filler, 17);
        Assert.False(ghosts.TryTake(43));
    }

    [Fact]
    public void Room_that_is_there_is_not_made_again()
    {
        var ghosts = new GhostTable(Capacity, Horizon);
        ghosts.Add(42);

        ghosts.EnsureRoomFor(Capacity);

        Assert.True(ghosts.TryTake(42));
    }

    private static void Add(ref GhostTable ghosts, uint hash, int times)
    {
        for (int i = 0; i < times; i++)
        {
            ghosts.Add(hash);
        }
    }
}
