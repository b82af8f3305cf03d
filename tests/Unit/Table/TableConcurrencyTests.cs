using System.Runtime.InteropServices;
using FastCache.Table;
using Xunit;

namespace FastCache.Tests.Unit.Table;

/// <summary>One thread that owns the turn churns a few slots; others read them. Bounded by work, not by time.</summary>
public class TableConcurrencyTests
{
    private const int Rounds = 300_000;
    private const int MaxRounds = 20 * Rounds;
    private const int Reads = 200_000;

    private const int PreferredSlot = 3;

    private static readonly KeyHash Hash = Hashes.At(1, home: 0, PreferredSlot, tag: 17);

    [Fact]
    public void A_search_shows_a_comparer_whole_keys_only()
    {
        var comparer = new WholeKeyComparer();
        var table = new TestTable<WideKey, long>(groups: 1, comparer);

        Churn(table, key => table.TryRead(key, Hash, out _));

        Assert.Equal(0, comparer.Violations);
        Assert.True(comparer.Comparisons > 0);
    }

    [Fact]
    public void A_search_never_shows_a_comparer_the_null_of_a_cleared_slot()
    {
        int nulls = 0;
        var comparer = EqualityComparer<string>.Create(
            (x, y) =>
            {
                nulls += x is null || y is null ? 1 : 0;
                return x == y;
            },
            _ => 0);
        var table = new TestTable<string, long>(groups: 1, comparer);
        string[] keys = ["first", "second"];

        ChurnAndRead(round => Replace(table, keys[round & 1]), () => table.TryRead(keys[0], Hash, out _));

        Assert.Equal(0, nulls);
    }

    [Fact]
    public void A_search_shows_a_comparer_whole_Guids_only()
    {
        int torn = 0;
        var comparer = EqualityComparer<Guid>.Create(
            (x, y) =>
            {
                torn += IsWhole(x) && IsWhole(y) ? 0 : 1;
                return x == y;
            },
            _ => 0);
        var table = new TestTable<Guid, long>(groups: 1, comparer);

        ChurnAndRead(round => Replace(table, Repeated(round)), () => table.TryRead(Repeated(-1), Hash, out _));

        Assert.Equal(0, torn);

        static Guid Repeated(long half) => MemoryMarshal.Cast<long, Guid>([half, half])[0];

        static bool IsWhole(Guid key)
        {
            ReadOnlySpan<long> halves = MemoryMarshal.Cast<Guid, long>([key]);
            return halves[0] == halves[1];
        }
    }

    [Fact]
    public void A_search_shows_a_keys_own_Equals_whole_keys_only()
    {
        var table = new TestTable<WideKey, long>(groups: 1);
        int violations = WideKey.Violations;

        Churn(table, key => table.TryRead(key, Hash, out _));

        Assert.Equal(violations, WideKey.Violations);
    }

    [Fact]
    public void A_read_shows_a_keys_own_Equals_whole_keys_only()
    {
        var table = new TestTable<WideKey, long>(groups: 1);
        int violations = WideKey.Violations;

        Churn(table, key => table.Read(key, Hash));

        Assert.Equal(violations, WideKey.Violations);
    }

    [Fact]
    public void A_short_update_shows_a_keys_own_Equals_whole_keys_only()
    {
        var table = new TestTable<WideKey, long>(groups: 1);
        int violations = WideKey.Violations;

        Churn(table, key => table.Table.TryUpdateFirst(key, Hash, 0));

        Assert.Equal(violations, WideKey.Violations);
    }

    [Fact]
    public void A_read_never_shows_a_keys_own_Equals_a_cleared_slot()
    {
        var table = new TestTable<NamedKey, long>(groups: 1);
        NamedKey[] keys = [new("first"), new("second")];
        int violations = NamedKey.Violations;

        ChurnAndRead(
            round => Replace(table, keys[round & 1]),
            () => table.Read(keys[0], Hash));

        Assert.Equal(violations, NamedKey.Violations);
    }

    [Fact]
    public void A_reader_never_gets_the_cell_of_another_key()
    {
        var table = new TestTable<string, string>(groups: 1);
        string[] keys = ["a", "b", "c"];
        int foreign = 0;

        ChurnAndRead(
            round =>
            {
                string key = keys[round % 3];
                int slot = table.Insert(key, Hash, key + round);
                table.TryUpdate(key, Hash, key + "!");
                Assert.True(table.Table.TryRemove(slot, out _));
            },
            () =>
            {
                foreach (string key in keys)
                {
                    ReadResult<string> result = table.Read(key, Hash);
                    if (result.Found && result.Cell[0] != key[0])
                    {
                        Interlocked.Increment(ref foreign);
                    }

                    if (table.TryPeek(key, Hash, out string? cell) && cell![0] != key[0])
                    {
                        Interlocked.Increment(ref foreign);
                    }
                }

                if (table.Table.TryCopy(PreferredSlot, out string? copiedKey, out string? copied, out _) && copied[0] != copiedKey[0])
                {
                    Interlocked.Increment(ref foreign);
                }
            });

        Assert.Equal(0, foreign);
        table.Table.AssertConsistent();
    }

    [Fact]
    public void A_displaced_entry_is_found_while_others_come_and_go()
    {
        var table = new TestTable<long, long>(groups: 3);
        KeyHash hash = Hashes.At(3, home: 1, preferred: 3, tag: 17);
        for (int key = 0; key < 2 * TagGroup.Slots; key++)
        {
            table.Insert(key, hash, key);
        }

        int kept = (2 * TagGroup.Slots) - 1;
        int missed = 0;

        ChurnAndRead(
            round =>
            {
                int key = round % kept;
                Assert.True(table.Table.TryRemove(table.Find(key, hash), out _));
                table.Insert(key, hash, key);
            },
            () =>
            {
                if (table.Find(kept, hash) < 0 || !table.Read(kept, hash).Found)
                {
                    Interlocked.Increment(ref missed);
                }
            });

        Assert.Equal(0, missed);
        table.Table.AssertConsistent();
    }

    private static void Churn(TestTable<WideKey, long> table, Action<WideKey> read)
        => ChurnAndRead(round => Replace(table, new WideKey(round)), () => read(new WideKey(-1)));

    /// <summary>Another key in the same slot at once: whoever has just begun to copy the first gets parts of both.</summary>
    private static void Replace<TKey>(TestTable<TKey, long> table, TKey key)
        where TKey : notnull
    {
        table.Table.TryRemove(PreferredSlot, out _);
        table.Insert(key, Hash, 0);
    }

    private static void ChurnAndRead(Action<int> churn, Action read)
    {
        bool isDone = false;
        int reads = 0;
        Exception? failure = null;
        var reader = new Thread(() =>
        {
            try
            {
                while (!Volatile.Read(ref isDone))
                {
                    read();
                    Volatile.Write(ref reads, reads + 1);
                }
            }
            catch (Exception exception) when (exception is NullReferenceException or IndexOutOfRangeException)
            {
                failure = exception;
                Volatile.Write(ref reads, Reads);
            }
        });
        reader.Start();
        try
        {
            for (int round = 0; round < Rounds || (Volatile.Read(ref reads) < Reads && round < MaxRounds); round++)
            {
                churn(round);

                // So that readers meet entries at every age.
                Thread.SpinWait(round & 15);
            }
        }
        finally
        {
            Volatile.Write(ref isDone, true);
            reader.Join();
        }

        Assert.Null(failure);
    }
}
