using FastCache.Persistence.Storage;
using FastCache.Tests.Persistence.Storage;
using Xunit;

namespace FastCache.Tests.Persistence.Simulation;

public sealed class SimulatedStorageTests : StorageContract, IDisposable
{
    private readonly SimulatedStorage _storage = new();

    private protected override IStorage Storage => _storage;

    public void Dispose() => _storage.Dispose();

    [Fact]
    public void Every_change_is_a_boundary_and_what_is_refused_is_none()
    {
        var seen = new List<string>();
        _storage.AtBoundary = boundary => seen.Add($"{boundary.Number} {boundary.Operation} {boundary.Name}");

        using (IStorageFile file = Create("a"))
        {
            _storage.Create("a", 0, out _).ShouldBe(StorageError.AlreadyExists);
            file.Write(0, new byte[700]).ShouldBeOk();
            file.Sync().ShouldBeOk();
        }

        _storage.Rename("missing", "b").ShouldBe(StorageError.NotFound);
        _storage.Rename("a", "b").ShouldBeOk();
        _storage.SyncDirectory().ShouldBeOk();
        _storage.Delete("a").ShouldBeOk();
        _storage.Delete("b").ShouldBeOk();

        Assert.Equal(["0 Create a", "1 Write a", "2 Sync a", "3 Rename a", "4 SyncDirectory ", "5 Delete b"], seen);
        Assert.Equal(6, _storage.Boundaries);
        Assert.Equal((1, 700, 1, 1), (_storage.Writes, _storage.BytesWritten, _storage.Syncs, _storage.DirectorySyncs));
        Assert.Equal(0, _storage.OpenFiles);
    }

    [Fact]
    public void A_boundary_shows_the_storage_without_the_operation_and_with_it()
    {
        using IStorageFile file = Create("a");
        file.Write(0, "old"u8).ShouldBeOk();
        Boundary at = default;
        _storage.AtBoundary = boundary => at = boundary;

        file.Write(0, "new"u8).ShouldBeOk();

        Assert.Equal("old"u8, at.Before.Crash(CrashPolicy.PowerCutKeepAll).Bytes("a"));
        Assert.Equal("new"u8, at.InFlight.Crash(CrashPolicy.PowerCutKeepAll).Bytes("a"));
        Assert.Equal("new"u8, _storage.Bytes("a"));
    }

    [Fact]
    public void A_snapshot_stays_as_it_is_whatever_is_written_later_and_in_its_crashes()
    {
        using IStorageFile file = Create("a");
        file.Write(0, "0123"u8).ShouldBeOk();
        StorageImage snapshot = _storage.Snapshot();

        file.Write(4, "tail"u8).ShouldBeOk();
        file.Write(1, "xx"u8).ShouldBeOk();
        _storage.Delete("a").ShouldBeOk();
        SimulatedStorage crashed = snapshot.Crash(CrashPolicy.ProcessKilled);
        crashed.Flip("a", 0, 0xFF);
        crashed.Delete("a").ShouldBeOk();

        Assert.Equal("0123"u8, snapshot.Crash(CrashPolicy.ProcessKilled).Bytes("a"));
    }

    [Fact]
    public void Two_that_go_on_from_one_snapshot_do_not_meet()
    {
        using IStorageFile file = Create("a");
        file.Write(0, "0123"u8).ShouldBeOk();
        file.Write(4, "4567"u8).ShouldBeOk();
        StorageImage snapshot = _storage.Snapshot();

        FileImage one = snapshot[0].With(8, "one"u8), other = snapshot[0].With(8, "two"u8);

        Assert.Equal("01234567one"u8, one.Current.Span);
        Assert.Equal("01234567two"u8, other.Current.Span);
        Assert.Equal("01234567"u8, snapshot[0].Current.Span);
    }

    [Fact]
    public void Files_that_are_opened_or_read_fail_when_told_to()
    {
        using IStorageFile file = Create("a");
        Create("b").Dispose();
        _storage.ReadFault = static name => name == "a" ? StorageError.DeviceFailed : StorageError.None;

        file.Read(0, new byte[1], out _).ShouldBe(StorageError.DeviceFailed);
        _storage.Open("a", out IStorageFile? opened).ShouldBe(StorageError.DeviceFailed);
        Assert.Null(opened);
        _storage.Open("b", out opened).ShouldBeOk();
        opened!.Dispose();
    }
}
