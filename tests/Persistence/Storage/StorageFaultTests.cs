using FastCache.Persistence.Storage;
using Microsoft.Win32.SafeHandles;
using Xunit;

namespace FastCache.Tests.Persistence.Storage;

public class StorageFaultTests
{
    private const int Win32 = unchecked((int)0x8007_0000);

    [Theory]
    [InlineData(28, (int)StorageError.NoSpace)]
    [InlineData(122, (int)StorageError.NoSpace)]
    [InlineData(5, (int)StorageError.DeviceFailed)]
    [InlineData(117, (int)StorageError.DeviceFailed)]
    [InlineData(2, (int)StorageError.NotFound)]
    [InlineData(17, (int)StorageError.AlreadyExists)]
    [InlineData(13, (int)StorageError.AccessDenied)]
    [InlineData(30, (int)StorageError.AccessDenied)]
    [InlineData(11, (int)StorageError.InUse)]
    [InlineData(22, (int)StorageError.Other)]
    [InlineData(Win32 | 0x70, (int)StorageError.NoSpace)]
    [InlineData(Win32 | 0x27, (int)StorageError.NoSpace)]
    [InlineData(Win32 | 0x45D, (int)StorageError.DeviceFailed)]
    [InlineData(Win32 | 23, (int)StorageError.DeviceFailed)]
    [InlineData(Win32 | 3, (int)StorageError.NotFound)]
    [InlineData(Win32 | 80, (int)StorageError.AlreadyExists)]
    [InlineData(Win32 | 5, (int)StorageError.AccessDenied)]
    [InlineData(Win32 | 32, (int)StorageError.InUse)]
    [InlineData(Win32 | 87, (int)StorageError.Other)]
    [InlineData(unchecked((int)0x8013_0070), (int)StorageError.Other)]
    public void Numbers_of_the_operating_system_have_their_meaning(int hresult, int error)
        => Assert.Equal((StorageError)error, StorageFault.ErrorOf(hresult));

    [Fact]
    public void A_full_device_is_no_space()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "There is no /dev/full.");
        using SafeFileHandle handle = File.OpenHandle("/dev/full", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        using var file = new StorageFile(handle);

        file.Write(0, "x"u8).ShouldBe(StorageError.NoSpace);
        Assert.Equal(0, file.Length);
    }

    // fsync knows no such device. RandomAccess.FlushToDisk says nothing of that, nor of any other failure.
    [Fact]
    public void A_sync_that_fails_is_reported()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "There is no /dev/full.");
        using SafeFileHandle handle = File.OpenHandle("/dev/full", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        using var file = new StorageFile(handle);

        file.Sync().ShouldBe(StorageError.Other);
    }

    [Fact]
    public void A_directory_that_may_not_be_written_is_access_denied()
    {
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess)
        {
            Assert.Skip("Root may write everywhere, and Windows has no modes.");
            return;
        }

        using var directory = new TemporaryDirectory();
        FileStorage.Open(directory.Path, out FileStorage? storage).ShouldBeOk();
        File.WriteAllText(directory["a"], "");
        File.SetUnixFileMode(directory.Path, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        storage!.Create("b", 0, out IStorageFile? file).ShouldBe(StorageError.AccessDenied);
        Assert.Null(file);
        storage.Delete("a").ShouldBe(StorageError.AccessDenied);
        storage.Rename("a", "b").ShouldBe(StorageError.AccessDenied);
        storage.Dispose();
        File.SetUnixFileMode(directory.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    // What root may not write either.
    [Fact]
    public void A_directory_of_the_kernel_is_access_denied()
    {
        Assert.SkipUnless(Directory.Exists("/sys/kernel"), "There is no /sys.");

        FileStorage.Open("/sys/kernel", out FileStorage? storage).ShouldBe(StorageError.AccessDenied);
        Assert.Null(storage);
        FileStorage.Open("/sys/kernel/fastcache", out storage).ShouldBe(StorageError.AccessDenied);
        Assert.Null(storage);
    }

    [Fact]
    public void Mistakes_are_no_faults_of_the_disk()
    {
        Assert.True(StorageFault.Covers(new FileNotFoundException()));
        Assert.True(StorageFault.Covers(new UnauthorizedAccessException()));
        Assert.False(StorageFault.Covers(new ObjectDisposedException("file")));
        Assert.False(StorageFault.Covers(new ArgumentException("name")));
    }
}
