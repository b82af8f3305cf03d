using FastCache.Persistence.Storage;
using Xunit;

namespace FastCache.Tests.Persistence.Storage;

/// <summary>What a disk that is really full does.</summary>
public sealed class FullDiskTests : IDisposable
{
    private const int Size = 256 << 10;
    private readonly SmallFileSystem _disk = new(Size);
    private readonly FileStorage _storage;

    public FullDiskTests()
    {
        FileStorage.Open(_disk.Path, out FileStorage? storage).ShouldBeOk();
        _storage = storage!;
    }

    public void Dispose()
    {
        _storage.Dispose();
        _disk.Dispose();
    }

    [Fact]
    public void A_write_that_does_not_fit_is_no_space_and_its_part_counts_in_the_length()
    {
        _storage.Create("a", 0, out IStorageFile? file).ShouldBeOk();
        using (file)
        {
            file!.Write(0, new byte[1000]).ShouldBeOk();

            file.Write(1000, new byte[2 * Size]).ShouldBe(StorageError.NoSpace);

            Assert.InRange(file.Length, 1001, Size);
            Assert.Equal(new FileInfo(Path.Combine(_disk.Path, "a")).Length, file.Length);
        }
    }

    [Fact]
    public void After_a_file_is_deleted_the_same_write_succeeds()
    {
        _storage.Create("old", 0, out IStorageFile? old).ShouldBeOk();
        old!.Write(0, new byte[Size / 2]).ShouldBeOk();
        old.Dispose();
        _storage.Create("a", 0, out IStorageFile? file).ShouldBeOk();
        using (file)
        {
            file!.Write(0, new byte[Size * 3 / 4]).ShouldBe(StorageError.NoSpace);
            _storage.Delete("old").ShouldBeOk();

            file.Write(0, new byte[Size * 3 / 4]).ShouldBeOk();
            file.Sync().ShouldBeOk();
        }
    }

    [Fact]
    public void Space_that_cannot_be_reserved_is_no_space_and_leaves_no_file()
    {
        _storage.Create("a", 2 * Size, out IStorageFile? file).ShouldBe(StorageError.NoSpace);

        Assert.Null(file);
        _storage.List(out IReadOnlyList<string> names).ShouldBeOk();
        Assert.Empty(names);
    }

    [Fact]
    public void Space_that_was_reserved_is_there_when_the_disk_is_full()
    {
        _storage.Create("a", Size / 2, out IStorageFile? file).ShouldBeOk();
        _storage.Create("b", 0, out IStorageFile? other).ShouldBeOk();
        using (other)
        using (file)
        {
            other!.Write(0, new byte[Size]).ShouldBe(StorageError.NoSpace);

            file!.Write(0, new byte[Size / 2]).ShouldBeOk();
        }
    }

    [Fact]
    public void A_full_disk_can_still_be_opened()
    {
        _storage.Create("a", 0, out IStorageFile? file).ShouldBeOk();
        file!.Write(0, new byte[2 * Size]).ShouldBe(StorageError.NoSpace);
        file.Dispose();
        _storage.Dispose();

        FileStorage.Open(_disk.Path, out FileStorage? storage).ShouldBeOk();
        storage!.Dispose();
    }
}
