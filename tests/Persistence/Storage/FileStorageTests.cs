using FastCache.Persistence.Storage;
using Xunit;

namespace FastCache.Tests.Persistence.Storage;

public sealed class FileStorageTests : StorageContract, IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly FileStorage _storage;

    public FileStorageTests()
    {
        FileStorage.Open(_directory.Path, out FileStorage? storage).ShouldBeOk();
        _storage = storage!;
    }

    private protected override IStorage Storage => _storage;

    public void Dispose()
    {
        _storage.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public void Missing_directories_are_made()
    {
        string path = Path.Combine(_directory["a"], "b", "c");

        FileStorage.Open(path + Path.DirectorySeparatorChar, out FileStorage? storage).ShouldBeOk();

        Assert.Equal(path, storage!.Location);
        Assert.True(Directory.Exists(path));
        storage.SyncDirectory().ShouldBeOk();
        storage.Dispose();
    }

    [Fact]
    public void A_file_in_the_place_of_a_directory_is_reported()
    {
        File.WriteAllText(_directory["file"], "");

        FileStorage.Open(_directory["file"], out FileStorage? storage).ShouldBe(StorageError.AlreadyExists);
        Assert.Null(storage);
        FileStorage.Open(Path.Combine(_directory["file"], "below"), out storage).ShouldBe(StorageError.AlreadyExists);
        Assert.Null(storage);
    }

    [Fact]
    public void The_lock_and_directories_are_not_listed()
    {
        Create("a").Dispose();
        Directory.CreateDirectory(_directory["quarantine"]);

        Assert.Equal(["a"], Names());
        Assert.True(File.Exists(_directory["LOCK"]));
    }

    [Fact]
    public void A_directory_that_is_gone_is_reported_by_everything_that_needs_it()
    {
        FileStorage.Open(_directory["gone"], out FileStorage? storage).ShouldBeOk();
        Directory.Delete(_directory["gone"], recursive: true);

        storage!.List(out IReadOnlyList<string> names).ShouldBe(StorageError.NotFound);
        Assert.Empty(names);
        storage.Create("a", 0, out _).ShouldBe(StorageError.NotFound);
        storage.Dispose();
    }

    [Fact]
    public void The_space_reserved_is_not_part_of_the_length_on_disk()
    {
        _storage.Create("a", 1 << 20, out IStorageFile? file).ShouldBeOk();
        file!.Dispose();

        Assert.Equal(0, new FileInfo(_directory["a"]).Length);
    }

    [Fact]
    public void Offsets_beyond_four_gigabytes_are_read_and_written()
    {
        const long Offset = 5L << 30;
        using IStorageFile file = Create("a");

        file.Write(Offset, "far"u8).ShouldBeOk();

        Assert.Equal(Offset + 3, file.Length);
        Assert.Equal("\0far", Text(file, Offset - 1, 100));
    }
}
