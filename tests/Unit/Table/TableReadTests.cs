using FastCache.Table;
using FastCache.Tests.Unit.TestTypes;
using FastCache.Timing;
using Xunit;

namespace FastCache.Tests.Unit.Table;

public class TableReadTests
{
    private static readonly KeyHash Hash = Hashes.At(1, home: 0, preferred: 3, tag: 17);

    [Fact]
    public void Both_ways_to_read_agree_on_every_key()
    {
        const int Groups = 6;
        var table = new TestTable<long, long>(Groups);
        int entries = 0;
        while (table.Table.TryInsert(entries, HashOf(entries), entries * 10, default, Tick.Never, 0, -1, out _))
        {
            entries++;
        }

        Assert.InRange(entries, Groups * TagGroup.Slots * 3 / 4, Groups * TagGroup.Slots);
        for (int key = -100; key < entries + 100; key++)
        {
            ReadResult<long> result = table.Read(key, HashOf(key));
            bool found = table.TryRead(key, HashOf(key), out long cell);

            Assert.Equal(key >= 0 && key < entries, found);
            Assert.Equal((found, cell), (result.Found, result.Cell));
            Assert.Equal(found ? key * 10 : 0, cell);
        }

        // Four tags for all keys: most searches meet several candidates.
        static KeyHash HashOf(int key) => Hashes.Of((uint)key * 0x9E37_79B1, (byte)(1 + (key & 3)));
    }

    [Fact]
    public void A_candidate_with_another_key_does_not_end_the_search()
    {
        var table = new TestTable<string, string>(groups: 1);
        string[] keys = ["a", "b", "c", string.Empty];
        foreach (string key in keys)
        {
            table.Insert(key, Hash, key + "!");
        }

        foreach (string key in keys)
        {
            Assert.Equal(key + "!", table.Read(key, Hash).Cell);
            Assert.True(table.TryRead(key, Hash, out string? cell));
            Assert.Equal(key + "!", cell);
        }

        Assert.False(table.Read("d", Hash).Found);
    }

    [Fact]
    public void A_fast_read_takes_nothing_from_an_entry_that_comes_while_keys_are_compared()
    {
        var table = new TestTable<ScriptedKey, string>(groups: 1);
        int slot = table.Insert(new ScriptedKey("first"), Hash, "first");
        var asked = new ScriptedKey("first", () => PutInPlace(table, slot, new ScriptedKey("second"), "second"));

        Assert.Equal(ReadOutcome.Changed, table.Table.ReadHome(asked, Hash).Outcome);
        Assert.False(table.Read(asked, Hash).Found);
    }

    [Fact]
    public void A_read_takes_nothing_from_an_entry_that_comes_while_keys_are_compared()
    {
        var comparer = new ScriptedComparer<string>();
        var table = new TestTable<string, string>(groups: 1, comparer);
        int slot = table.Insert("first", Hash, "first");
        comparer.OnEquals = _ => PutInPlace(table, slot, "second", "second");

        Assert.False(table.TryRead("first", Hash, out string? cell));
        Assert.Null(cell);
        Assert.Equal(2, comparer.EqualsCalls);
    }

    [Fact]
    public void A_null_value_is_a_value()
    {
        var table = new TestTable<string, string?>(groups: 1);
        table.Insert("key", Hash, null);

        ReadResult<string?> result = table.Read("key", Hash);

        Assert.True(result.Found);
        Assert.Null(result.Cell);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_use_is_a_reference_wherever_the_entry_lies(int groups)
    {
        var table = new TestTable<long, long>(groups);
        KeyHash hash = Hashes.At(groups, home: 0, preferred: 3, tag: 17);
        for (int key = 0; key < TagGroup.Slots * groups; key++)
        {
            int slot = table.Insert(key, hash, key);

            table.TryRead(key, hash, out _);
            Assert.True(table.IsReferenced(slot));

            table.ClearReferenced(slot);
            _ = table.Read(key, hash);
            Assert.True(table.IsReferenced(slot));

            table.ClearReferenced(slot);
        }
    }

    [Fact]
    public void A_peek_leaves_no_trace()
    {
        var table = new TestTable<long, long>(groups: 1);
        int slot = table.Insert(1, Hash, 10);

        Assert.True(table.TryPeek(1, Hash, out long cell));

        Assert.Equal(10, cell);
        Assert.False(table.IsReferenced(slot));
    }

    [Theory]
    [InlineData(EntryVersion.Updating)]
    [InlineData(EntryVersion.Live)]
    [InlineData(EntryVersion.Guarded)]
    public void A_reader_waits_for_no_state(uint state)
    {
        var table = new TestTable<long, long>(groups: 1);
        int slot = table.Insert(1, Hash, 10);
        table.SetState(slot, state);

        Assert.Equal(10, table.Read(1, Hash).Cell);
        Assert.True(table.TryRead(1, Hash, out long cell));
        Assert.Equal(10, cell);
        Assert.True(table.Table.TryCopy(slot, out long key, out cell, out _));
        Assert.Equal((1, 10), (key, cell));
    }

    [Fact]
    public void A_stable_read_gives_the_cell_of_its_version_only()
    {
        var table = new TestTable<long, long>(groups: 1);
        table.Insert(1, Hash, 10);
        (int slot, uint version) = table.FindVersion(1, Hash);

        Assert.True(table.Table.TryReadStable(slot, version, out long cell));
        Assert.Equal(10, cell);

        table.Table.TryUpdate(slot, version, 11);

        Assert.False(table.Table.TryReadStable(slot, version, out _));
    }

    [Fact]
    public void A_stable_read_refuses_an_update_in_progress()
    {
        var table = new TestTable<long, long>(groups: 1);
        int slot = table.Insert(1, Hash, 10);
        table.SetState(slot, EntryVersion.Updating);

        Assert.False(table.Table.TryReadStable(slot, table.VersionOf(slot), out _));
    }

    [Fact]
    public void A_free_slot_has_nothing_to_copy()
    {
        var table = new TestTable<string, string>(groups: 1);
        int slot = table.Insert("key", Hash, "value");
        table.Table.TryRemove(slot, out _);

        Assert.All(
            Enumerable.Range(0, table.Table.SlotCount), free => Assert.False(table.Table.TryCopy(free, out _, out _, out _)));
    }

    [Fact]
    public void Keys_are_compared_with_the_comparer_and_found_by_their_characters()
    {
        var table = new TestTable<string, int>(groups: 1, StringComparer.OrdinalIgnoreCase);
        table.Insert("Key", Hash, 5);

        Assert.True(table.TryRead("kEY", Hash, out int cell));
        Assert.Equal(5, cell);
        Assert.Equal(ReadOutcome.Hit, table.Table.TryRead<SpanProbe<string>, Peek>(new SpanProbe<string>("Key"), Hash, out cell, out _));
        Assert.Equal(5, cell);
        Assert.Equal(ReadOutcome.Absent, table.Table.TryRead<SpanProbe<string>, Peek>(new SpanProbe<string>("KEY"), Hash, out _, out _));
    }

    [Fact]
    public void A_table_larger_than_the_second_level_cache_is_read_correctly()
    {
        const int Entries = 100_000;
        var table = new TestTable<long, long>(TableSize.For(Entries, Entries));
        var hasher = new KeyHasher<long>(null, seed: 3);
        for (long key = 0; key < Entries; key++)
        {
            table.Insert(key, new KeyHash(hasher.Hash(key)), -key);
        }

        for (long key = 0; key < Entries; key++)
        {
            ReadResult<long> result = table.Read(key, new KeyHash(hasher.Hash(key)));

            Assert.True(result.Found && result.Cell == -key);
            Assert.False(table.Read(key + Entries, new KeyHash(hasher.Hash(key + Entries))).Found);
        }

        table.Table.AssertConsistent();
    }

    /// <summary>Another entry in the same slot.</summary>
    private static void PutInPlace<TKey>(TestTable<TKey, string> table, int slot, TKey key, string cell)
        where TKey : notnull
    {
        Assert.True(table.Table.TryRemove(slot, out _));
        Assert.Equal(slot, table.Insert(key, Hash, cell));
    }
}
