using FastCache.Persistence.Storage;
using Xunit;

namespace FastCache.Tests.Persistence.Storage;

public sealed class StorageFileTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly FileStorage _storage;

    public StorageFileTests()
    {
        FileStorage.Open(_directory.Path, out FileStorage? storage).ShouldBeOk();
        _storage = storage!;
    }

    public void Dispose()
    {
        _storage.Dispose();
        _directory.Dispose();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1 << 20)]
    public void The_space_reserved_is_not_part_of_the_length(long expectedLength)
    {
        _storage.Create("a", expectedLength, out IStorageFile? file).ShouldBeOk();
        using (file)
        {
            Assert.Equal(0, file!.Length);
            Assert.Equal(0, new FileInfo(_directory["a"]).Length);
            file.Read(0, new byte[1], out int count).ShouldBeOk();
            Assert.Equal(0, count);
        }
    }

    [Fact]
    public void The_length_is_the_end_of_the_write_that_reaches_furthest()
    {
        using IStorageFile file = Create();

        file.Write(10, new byte[5]).ShouldBeOk();
        file.Write(0, new byte[3]).ShouldBeOk();

        Assert.Equal(15, file.Length);
        _storage.Open("a", out IStorageFile? again).ShouldBeOk();
        Assert.Equal(15, again!.Length);
        again.Dispose();
    }

    [Fact]
    public void A_read_ends_with_the_buffer_or_with_the_file()
    {
        using IStorageFile file = Create();
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
        using IStorageFile file = Create();

        file.Write(3, "b"u8).ShouldBeOk();

        Assert.Equal("\0\0\0b", Text(file, 0, 4));
    }

    [Fact]
    public void Offsets_beyond_four_gigabytes_are_read_and_written()
    {
        const long Offset = 5L << 30;
        using IStorageFile file = Create();

        file.Write(Offset, "far"u8).ShouldBeOk();

        Assert.Equal(Offset + 3, file.Length);
        Assert.Equal("\0far", Text(file, Offset - 1, 100));
    }

    [Fact]
    public void A_file_that_was_opened_cannot_be_written_on_Unix()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows syncs no file that it has not opened for writing.");
        Create().Dispose();

        _storage.Open("a", out IStorageFile? file).ShouldBeOk();
        using (file)
        {
            file!.Write(0, "x"u8).ShouldBe(StorageError.AccessDenied);
            Assert.Equal(0, file.Length);
        }
    }

    private IStorageFile Create()
    {
        _storage.Create("a", 0, out IStorageFile? file).ShouldBeOk();
        return file!;
    }

    private static string Text(IStorageFile file, long offset, int length)
    {
        byte[] buffer = new byte[length];
        file.Read(offset, buffer, out int count).ShouldBeOk();
        return System.Text.Encoding.ASCII.GetString(buffer, 0, count);
    }
}
