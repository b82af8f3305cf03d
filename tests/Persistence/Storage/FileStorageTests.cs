using FastCache.Persistence.Storage;
using Xunit;

namespace FastCache.Tests.Persistence.Storage;

public sealed class FileStorageTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly FileStorage _storage;

    public FileStorageTests()
    {
        FileStorage.Open(_directory.Path, out FileStorage? storage).ShouldBeOk();
        _storage = storage!;
    }

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
    public void Names_are_listed_in_ordinal_order_without_the_lock_and_without_directories()
    {
        foreach (string name in (string[])["b", "A", "a", "10", "9"])
        {
            Create(name).Dispose();
        }

        Directory.CreateDirectory(_directory["quarantine"]);

        Assert.Equal(["10", "9", "A", "a", "b"], Names());
        Assert.True(File.Exists(_directory["LOCK"]));
    }

    [Fact]
    public void A_file_that_exists_is_not_created_again()
    {
        using (IStorageFile file = Create("a"))
        {
            file.Write(0, "text"u8).ShouldBeOk();
        }

        _storage.Create("a", 0, out IStorageFile? second).ShouldBe(StorageError.AlreadyExists);
        Assert.Null(second);
        _storage.Create("a", 1 << 20, out second).ShouldBe(StorageError.AlreadyExists);
        Assert.Null(second);
        Assert.Equal("text", File.ReadAllText(_directory["a"]));
    }

    [Fact]
    public void A_file_that_does_not_exist_is_not_opened()
    {
        _storage.Open("a", out IStorageFile? file).ShouldBe(StorageError.NotFound);

        Assert.Null(file);
        Assert.Empty(Names());
    }

    [Fact]
    public void A_rename_replaces_the_file_of_the_new_name()
    {
        File.WriteAllText(_directory["a"], "new");
        File.WriteAllText(_directory["b"], "old");

        _storage.Rename("a", "b").ShouldBeOk();

        Assert.Equal(["b"], Names());
        Assert.Equal("new", File.ReadAllText(_directory["b"]));
        _storage.Rename("a", "b").ShouldBe(StorageError.NotFound);
    }

    [Fact]
    public void An_open_file_is_renamed_and_deleted_and_can_still_be_read()
    {
        using IStorageFile file = Create("a");
        file.Write(0, "text"u8).ShouldBeOk();

        _storage.Rename("a", "b").ShouldBeOk();
        _storage.Delete("b").ShouldBeOk();

        byte[] buffer = new byte[4];
        file.Read(0, buffer, out int count).ShouldBeOk();
        Assert.Equal(4, count);
        Assert.Equal("text"u8, buffer);
        Assert.Empty(Names());
    }

    [Fact]
    public void Deleting_what_does_not_exist_is_no_error()
    {
        _storage.Delete("a").ShouldBeOk();
        Create("a").Dispose();
        _storage.Delete("a").ShouldBeOk();
        _storage.Delete("a").ShouldBeOk();

        Assert.Empty(Names());
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
    public void The_directory_and_files_opened_for_writing_or_reading_can_be_synced()
    {
        using IStorageFile written = Create("a");
        written.Write(0, "text"u8).ShouldBeOk();
        written.Sync().ShouldBeOk();
        _storage.SyncDirectory().ShouldBeOk();

        _storage.Open("a", out IStorageFile? read).ShouldBeOk();
        read!.Sync().ShouldBeOk();
        read.Dispose();
    }

    [Fact]
    public void Names_that_lead_elsewhere_and_the_lock_are_refused()
    {
        foreach (string name in (string[])["", "LOCK", "../a", "a/b", "/a"])
        {
            Assert.Throws<ArgumentException>(() => _storage.Create(name, 0, out _));
            Assert.Throws<ArgumentException>(() => _storage.Open(name, out _));
            Assert.Throws<ArgumentException>(() => _storage.Delete(name));
            Assert.Throws<ArgumentException>(() => _storage.Rename(name, "b"));
            Assert.Throws<ArgumentException>(() => _storage.Rename("b", name));
        }
    }

    [Fact]
    public void A_disposed_storage_does_nothing_any_more()
    {
        File.WriteAllText(_directory["a"], "");
        _storage.Dispose();
        _storage.Dispose();

        Assert.Throws<ObjectDisposedException>(() => _storage.List(out _));
        Assert.Throws<ObjectDisposedException>(() => _storage.Delete("a"));
        Assert.Throws<ObjectDisposedException>(() => _storage.SyncDirectory());
        Assert.True(File.Exists(_directory["a"]));
    }

    private IStorageFile Create(string name)
    {
        _storage.Create(name, 0, out IStorageFile? file).ShouldBeOk();
        return file!;
    }

    private IReadOnlyList<string> Names()
    {
        _storage.List(out IReadOnlyList<string> names).ShouldBeOk();
        return names;
    }
}
