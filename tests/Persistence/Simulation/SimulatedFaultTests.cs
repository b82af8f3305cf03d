using FastCache.Persistence.Storage;
using FastCache.Tests.Persistence.Storage;
using Xunit;

namespace FastCache.Tests.Persistence.Simulation;

public sealed class SimulatedFaultTests
{
    private const int Seeds = 200;

    [Fact]
    public void A_write_that_fails_leaves_any_first_part()
    {
        var left = new HashSet<int>();
        for (int seed = 0; seed < Seeds; seed++)
        {
            using var storage = new SimulatedStorage(StorageImage.Empty, seed);
            using IStorageFile file = Create(storage);
            storage.Fault = static boundary => boundary.Number == 2 ? StorageError.DeviceFailed : StorageError.None;
            file.Write(0, "ab"u8).ShouldBeOk();

            file.Write(2, "cde"u8).ShouldBe(StorageError.DeviceFailed);

            Assert.True("abcde"u8.StartsWith(storage.Bytes("a")), $"seed {seed}");
            left.Add(storage.Bytes("a").Length);
            Assert.Equal(file.Length, storage.BytesWritten);
        }

        Assert.Equal([2, 3, 4, 5], left.Order());
    }

    [Theory]
    [InlineData((int)StorageOperation.Create)]
    [InlineData((int)StorageOperation.Rename)]
    [InlineData((int)StorageOperation.Delete)]
    public void A_change_of_a_name_that_fails_changes_nothing(int operation)
    {
        using var storage = new SimulatedStorage();
        Create(storage).Dispose();
        storage.Fault = boundary => boundary.Operation == (StorageOperation)operation ? StorageError.AccessDenied : StorageError.None;

        StorageResult result = (StorageOperation)operation switch
        {
            StorageOperation.Create => storage.Create("b", 0, out _),
            StorageOperation.Rename => storage.Rename("a", "b"),
            _ => storage.Delete("a"),
        };

        result.ShouldBe(StorageError.AccessDenied);
        Assert.Equal(1, storage.Snapshot().Names.Entries.Length);
        Assert.Empty(storage.Bytes("a"));
    }

    [Fact]
    public void After_a_failed_sync_the_lost_bytes_are_read_until_the_power_is_cut_though_the_next_sync_succeeds()
    {
        int lost = 0;
        for (int seed = 0; seed < Seeds; seed++)
        {
            using var storage = new SimulatedStorage(StorageImage.Empty, seed);
            using IStorageFile file = Create(storage);
            storage.SyncDirectory().ShouldBeOk();
            file.Write(0, "0123"u8).ShouldBeOk();
            storage.Fault = static boundary => boundary.Operation == StorageOperation.Sync ? StorageError.DeviceFailed : StorageError.None;
            file.Sync().ShouldBe(StorageError.DeviceFailed);
            storage.Fault = null;
            file.Write(4, "45"u8).ShouldBeOk();
            file.Sync().ShouldBeOk();

            Assert.Equal("012345"u8, storage.Bytes("a"));
            Assert.Equal("012345"u8, storage.Snapshot().Crash(CrashPolicy.ProcessKilled).Bytes("a"));
            byte[] left = storage.Snapshot().Crash(CrashPolicy.PowerCutDropAll).Bytes("a");
            Assert.Equal(left, storage.Snapshot().Crash(CrashPolicy.PowerCutKeepAll).Bytes("a"));
            Assert.Equal("45"u8, left.AsSpan(4));
            lost += left.AsSpan(0, 4).SequenceEqual("0123"u8) ? 0 : 1;
        }

        Assert.InRange(lost, 1, Seeds - 1);
    }

    [Fact]
    public void A_name_lost_in_a_failed_sync_is_seen_until_the_power_is_cut_though_the_next_sync_succeeds()
    {
        int lost = 0;
        for (int seed = 0; seed < Seeds; seed++)
        {
            using var storage = new SimulatedStorage(StorageImage.Empty, seed);
            storage.Fault = static boundary => boundary.Number == 1 ? StorageError.DeviceFailed : StorageError.None;
            Create(storage).Dispose();
            storage.SyncDirectory().ShouldBe(StorageError.DeviceFailed);
            storage.SyncDirectory().ShouldBeOk();

            Assert.Equal(0, storage.Snapshot().Names.Find("a"));
            lost += storage.Snapshot().Crash(CrashPolicy.PowerCutKeepAll).Snapshot().Names.Find("a") < 0 ? 1 : 0;
        }

        Assert.InRange(lost, 1, Seeds - 1);
    }

    [Fact]
    public void A_full_storage_takes_what_fits_and_goes_on_when_a_file_is_deleted()
    {
        using var storage = new SimulatedStorage { Capacity = 10 };
        using IStorageFile file = Create(storage);
        storage.Create("b", 0, out IStorageFile? other).ShouldBeOk();
        using (other)
        {
            other!.Write(0, "1234"u8).ShouldBeOk();

            file.Write(0, "abcdefgh"u8).ShouldBe(StorageError.NoSpace);
            Assert.Equal("abcdef"u8, storage.Bytes("a"));
            file.Write(0, "ABCDEF"u8).ShouldBeOk();
            file.Write(6, "g"u8).ShouldBe(StorageError.NoSpace);
            Assert.Equal("ABCDEF"u8, storage.Bytes("a"));

            storage.Delete("b").ShouldBeOk();
            file.Write(6, "ghij"u8).ShouldBeOk();
            Assert.Equal("ABCDEFghij"u8, storage.Bytes("a"));
        }
    }

    private static IStorageFile Create(SimulatedStorage storage)
    {
        storage.Create("a", 0, out IStorageFile? file).ShouldBeOk();
        return file!;
    }
}
