using FastCache.Persistence.Storage;
using Xunit;

namespace FastCache.Tests.Persistence.Storage;

/// <summary>What every storage promises, the simulated one too.</summary>
public abstract class StorageContract
{
    private protected abstract IStorage Storage { get; }

    [Fact]
    public void Names_are_listed_in_ordinal_order()
    {
        foreach (string name in (string[])["b", "A", "a", "10", "9"])
        {
            Create(name).Dispose();
        }

        Assert.Equal(["10", "9", "A", "a", "b"], Names());
    }

    [Fact]
    public void A_file_that_exists_is_not_created_again()
    {
        Write("a", "text"u8);

        Storage.Create("a", 0, out IStorageFile? second).ShouldBe(StorageError.AlreadyExists);
        Assert.Null(second);
        Storage.Create("a", 1 << 20, out second).ShouldBe(StorageError.AlreadyExists);
        Assert.Null(second);
        Assert.Equal("text", Text("a"));
    }

    [Fact]
    public void A_rename_replaces_the_file_of_the_new_name()
    {
        Write("a", "new"u8);
        Write("b", "old"u8);

        Storage.Rename("a", "b").ShouldBeOk();

        Assert.Equal(["b"], Names());
        Assert.Equal("new", Text("b"));
        Storage.Rename("a", "b").ShouldBe(StorageError.NotFound);
    }

    [Fact]
    public void A_rename_to_the_same_name_changes_nothing()
    {
        Write("a", "text"u8);

        Storage.Rename("a", "a").ShouldBeOk();

        Assert.Equal(["a"], Names());
        Assert.Equal("text", Text("a"));
    }

    [Fact]
    public void A_write_of_nothing_changes_nothing()
    {
        using IStorageFile file = Create("a");

        file.Write(10, []).ShouldBeOk();

        Assert.Equal(0, file.Length);
    }

    [Fact]
    public void A_write_over_others_is_read()
    {
        using IStorageFile file = Create("a");
        file.Write(0, "0123456789"u8).ShouldBeOk();

        file.Write(3, "abc"u8).ShouldBeOk();

        Assert.Equal("012abc6789", Text(file, 0, 20));
    }

    [Fact]
    public void A_file_that_is_closed_does_nothing_any_more()
    {
        IStorageFile file = Create("a");
        file.Dispose();
        file.Dispose();

        Assert.Throws<ObjectDisposedException>(() => file.Write(0, new byte[1]));
        Assert.Throws<ObjectDisposedException>(() => file.Read(0, new byte[1], out _));
        Assert.Throws<ObjectDisposedException>(() => file.Sync());
    }

    [Fact]
    public void A_disposed_storage_does_nothing_any_more()
    {
        Storage.Dispose();
        Storage.Dispose();

        Assert.Throws<ObjectDisposedException>(() => Storage.List(out _));
        Assert.Throws<ObjectDisposedException>(() => Storage.Create("a", 0, out _));
        Assert.Throws<ObjectDisposedException>(() => Storage.Open("a", out _));
        Assert.Throws<ObjectDisposedException>(() => Storage.Rename("a", "b"));
        Assert.Throws<ObjectDisposedException>(() => Storage.Delete("a"));
        Assert.Throws<ObjectDisposedException>(() => Storage.SyncDirectory());
    }

    [Fact]
    public void A_file_that_does_not_exist_is_not_opened()
    {
        Storage.Open("a", out IStorageFile? file).ShouldBe(StorageError.NotFound);

        Assert.Null(file);
        Assert.Empty(Names());
    }

    [Fact]
    public void Deleting_what_does_not_exist_is_no_error()
    {
        Storage.Delete("a").ShouldBeOk();
        Create("a").Dispose();
        Storage.Delete("a").ShouldBeOk();
        Storage.Delete("a").ShouldBeOk();

        Assert.Empty(Names());
    }

    [Fact]
    public void An_open_file_is_renamed_and_deleted_and_can_still_be_read()
    {
        using IStorageFile file = Create("a");
        file.Write(0, "text"u8).ShouldBeOk();

        Storage.Rename("a", "b").ShouldBeOk();
        Storage.Delete("b").ShouldBeOk();

        byte[] buffer = new byte[4];
        file.Read(0, buffer, out int count).ShouldBeOk();
        Assert.Equal(4, count);
        Assert.Equal("text"u8, buffer);
        Assert.Empty(Names());
    }

    [Fact]
    public void The_directory_and_files_opened_for_writing_or_reading_can_be_synced()
    {
        using IStorageFile written = Create("a");
        written.Write(0, "text"u8).ShouldBeOk();
        written.Sync().ShouldBeOk();
        Storage.SyncDirectory().ShouldBeOk();

        Storage.Open("a", out IStorageFile? read).ShouldBeOk();
        read!.Sync().ShouldBeOk();
        read.Dispose();
    }

    [Fact]
    public void Names_that_lead_elsewhere_and_the_lock_are_refused()
    {
        foreach (string name in (string[])["", "LOCK", "../a", "a/b", "/a"])
        {
            Assert.Throws<ArgumentException>(() => Storage.Create(name, 0, out _));
            Assert.Throws<ArgumentException>(() => Storage.Open(name, out _));
            Assert.Throws<ArgumentException>(() => Storage.Delete(name));
            Assert.Throws<ArgumentException>(() => Storage.Rename(name, "b"));
            Assert.Throws<ArgumentException>(() => Storage.Rename("b", name));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1 << 20)]
    public void The_space_reserved_is_not_part_of_the_length(long expectedLength)
    {
        Storage.Create("a", expectedLength, out IStorageFile? file).ShouldBeOk();
        using (file)
        {
            Assert.Equal(0, file!.Length);
            file.Read(0, new byte[1], out int count).ShouldBeOk();
            Assert.Equal(0, count);
        }
    }

    [Fact]
    public void The_length_is_the_end_of_the_write_that_reaches_furthest()
    {
        using IStorageFile file = Create("a");

        file.Write(10, new byte[5]).ShouldBeOk();
        file.Write(0, new byte[3]).ShouldBeOk();

        Assert.Equal(15, file.Length);
        Storage.Open("a", out IStorageFile? again).ShouldBeOk();
        Assert.Equal(15, again!.Length);
        again.Dispose();
    }

    [Fact]
    public void A_read_ends_with_the_buffer_or_with_the_file()
    {
        using IStorageFile file = Create("a");
        file.Write(0, "0123456789"u8).ShouldBeOk();

        Assert.Equal("234", Text(file, 2, 3));
        Assert.Equal("789", Text(file, 7, 100));
        Assert.Equal("", Text(file, 10, 100));
        Assert.Equal("", Text(file, 1000, 100));
        Assert.Equal("", Text(file, 0, 0));
    }

    [Fact]
    public void What_was_never_written_between_two_writes_is_zero()
    {
        using IStorageFile file = Create("a");

        file.Write(3, "b"u8).ShouldBeOk();

        Assert.Equal("\0\0\0b", Text(file, 0, 4));
    }

    [Fact]
    public void A_file_that_was_opened_cannot_be_written_on_Unix()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows syncs no file that it has not opened for writing.");
        Create("a").Dispose();

        Storage.Open("a", out IStorageFile? file).ShouldBeOk();
        using (file)
        {
            file!.Write(0, "x"u8).ShouldBe(StorageError.AccessDenied);
            Assert.Equal(0, file.Length);
        }
    }

    private protected IStorageFile Create(string name)
    {
        Storage.Create(name, 0, out IStorageFile? file).ShouldBeOk();
        return file!;
    }

    private protected IReadOnlyList<string> Names()
    {
        Storage.List(out IReadOnlyList<string> names).ShouldBeOk();
        return names;
    }

    private protected static string Text(IStorageFile file, long offset, int length)
    {
        byte[] buffer = new byte[length];
        file.Read(offset, buffer, out int count).ShouldBeOk();
        return System.Text.Encoding.ASCII.GetString(buffer, 0, count);
    }

    private void Write(string name, ReadOnlySpan<byte> bytes)
    {
        using IStorageFile file = Create(name);
        file.Write(0, bytes).ShouldBeOk();
    }

    private string Text(string name)
    {
        Storage.Open(name, out IStorageFile? file).ShouldBeOk();
        using (file)
        {
            return Text(file!, 0, 100);
        }
    }
}
