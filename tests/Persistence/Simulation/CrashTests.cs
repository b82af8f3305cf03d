using FastCache.Persistence.Storage;
using FastCache.Tests.Persistence.Storage;
using Xunit;

namespace FastCache.Tests.Persistence.Simulation;

/// <summary>What is left of files and names.</summary>
public sealed class CrashTests : IDisposable
{
    private const int Seeds = 2000;
    private readonly SimulatedStorage _storage = new();

    public void Dispose() => _storage.Dispose();

    [Fact]
    public void What_was_synced_survives_every_crash()
    {
        Synced("a", "text"u8);
        _storage.Rename("a", "b").ShouldBeOk();
        _storage.SyncDirectory().ShouldBeOk();

        foreach (CrashPolicy policy in Enum.GetValues<CrashPolicy>())
        {
            for (int seed = 0; seed < 20; seed++)
            {
                Assert.Equal("b: text", Crash(policy, seed));
            }
        }
    }

    [Fact]
    public void What_was_not_synced_is_kept_or_dropped()
    {
        Synced("a", "old"u8);
        Synced("gone", "x"u8);
        Write("a", 3, "new"u8);
        Write("b", 0, "b"u8);
        _storage.Delete("gone").ShouldBeOk();

        Assert.Equal("a: oldnew, b: b", Crash(CrashPolicy.ProcessKilled));
        Assert.Equal("a: oldnew, b: b", Crash(CrashPolicy.PowerCutKeepAll));
        Assert.Equal("a: old, gone: x", Crash(CrashPolicy.PowerCutDropAll));
    }

    [Fact]
    public void A_synced_file_without_a_synced_name_is_gone()
    {
        Write("a", 0, "text"u8, sync: true);

        Assert.Equal("", Crash(CrashPolicy.PowerCutDropAll));
    }

    [Fact]
    public void A_synced_name_of_a_file_that_was_not_synced_is_empty()
    {
        Write("a", 0, "text"u8);
        _storage.SyncDirectory().ShouldBeOk();

        Assert.Equal("a: ", Crash(CrashPolicy.PowerCutDropAll));
    }

    [Fact]
    public void What_a_killed_process_has_not_synced_can_still_be_lost_until_the_next_one_syncs_it()
    {
        Synced("a", "old"u8);
        Write("a", 3, "new"u8);
        using SimulatedStorage next = _storage.Snapshot().Crash(CrashPolicy.ProcessKilled);

        Assert.Equal("old"u8, next.Snapshot().Crash(CrashPolicy.PowerCutDropAll).Bytes("a"));
        next.Open("a", out IStorageFile? file).ShouldBeOk();
        file!.Sync().ShouldBeOk();
        file.Dispose();
        Assert.Equal("oldnew"u8, next.Snapshot().Crash(CrashPolicy.PowerCutDropAll).Bytes("a"));
    }

    [Fact]
    public void After_a_power_cut_all_that_is_left_is_durable()
    {
        Synced("a", "old"u8);
        Write("a", 3, "new"u8);
        Write("b", 0, "b"u8);

        for (int seed = 0; seed < 100; seed++)
        {
            using SimulatedStorage next = _storage.Snapshot().Crash(CrashPolicy.PowerCutTorn, seed);
            Assert.Equal(Show(next), Show(next.Snapshot().Crash(CrashPolicy.PowerCutDropAll)));
        }
    }

    [Fact]
    public void A_seed_replays_a_crash()
    {
        Synced("a", "old"u8);
        Write("a", 3, new byte[5000]);
        Write("b", 0, "b"u8);

        for (int seed = 0; seed < 100; seed++)
        {
            Assert.Equal(Crash(CrashPolicy.PowerCutTorn, seed), Crash(CrashPolicy.PowerCutTorn, seed));
        }
    }

    [Fact]
    public void Changes_of_different_names_survive_in_any_combination()
    {
        Synced("a", "a"u8);
        Synced("b", "b"u8);
        _storage.Delete("a").ShouldBeOk();
        _storage.Delete("b").ShouldBeOk();

        Assert.Equal(["", "a: a", "a: a, b: b", "b: b"], TornOutcomes());
    }

    [Fact]
    public void Changes_of_one_name_survive_in_their_order()
    {
        Synced("a", "old"u8);
        _storage.Rename("a", "b").ShouldBeOk();
        Write("a", 0, "new"u8, sync: true);

        // Not: the new one in the place of the old one, which would be nowhere.
        Assert.Equal(["a: new, b: old", "a: old", "b: old"], TornOutcomes());
    }

    [Fact]
    public void A_rename_over_another_file_leaves_one_of_the_two()
    {
        Synced("a", "new"u8);
        Synced("b", "old"u8);
        _storage.Rename("a", "b").ShouldBeOk();

        Assert.Equal(["a: new, b: old", "b: new"], TornOutcomes());
    }

    private void Synced(string name, ReadOnlySpan<byte> bytes)
    {
        Write(name, 0, bytes, sync: true);
        _storage.SyncDirectory().ShouldBeOk();
    }

    private void Write(string name, int offset, ReadOnlySpan<byte> bytes, bool sync = false)
    {
        int number = _storage.Snapshot().Names.Find(name);
        if (number < 0)
        {
            _storage.Create(name, 0, out IStorageFile? created).ShouldBeOk();
            created!.Dispose();
            number = _storage.Snapshot().Names.Find(name);
        }

        using var file = new SimulatedFile(_storage, number, name, canWrite: true);
        file.Write(offset, bytes).ShouldBeOk();
        if (sync)
        {
            file.Sync().ShouldBeOk();
        }
    }

    private string Crash(CrashPolicy policy, int seed = 0) => Show(_storage.Snapshot().Crash(policy, seed));

    private SortedSet<string> TornOutcomes()
    {
        var seen = new SortedSet<string>(StringComparer.Ordinal);
        for (int seed = 0; seed < Seeds; seed++)
        {
            seen.Add(Crash(CrashPolicy.PowerCutTorn, seed));
        }

        return seen;
    }

    private static string Show(SimulatedStorage storage)
    {
        storage.List(out IReadOnlyList<string> names).ShouldBeOk();
        return string.Join(", ", names.Select(name => $"{name}: {System.Text.Encoding.Latin1.GetString(storage.Bytes(name))}"));
    }
}
