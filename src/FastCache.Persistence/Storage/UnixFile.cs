using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace FastCache.Persistence.Storage;

/// <summary>What the class library does not do: open directories and files that another process has locked, and sync truthfully.</summary>
internal static partial class UnixFile
{
    private const int Interrupted = 4; // EINTR
    private const int CloseOnExecLinux = 0x80000;
    private const int CloseOnExecMac = 0x1000000;
    private const int FullSyncMac = 51; // F_FULLFSYNC
    private const int NotSupportedMac = 45; // ENOTSUP
    private const int NoControlMac = 25; // ENOTTY
    private const int InvalidArgument = 22; // EINVAL

    /// <summary>Opens a file or directory to read or sync it, without a lock.</summary>
    /// <returns>Null on a platform whose constants are not known here, and on Windows.</returns>
    /// <exception cref="IOException">It cannot be opened; the HResult is the <c>errno</c>.</exception>
    public static SafeFileHandle? Open(string path)
    {
        int closeOnExec;
        if (OperatingSystem.IsLinux() || OperatingSystem.IsAndroid())
        {
            closeOnExec = CloseOnExecLinux;
        }
        else if (OperatingSystem.IsMacOS())
        {
            closeOnExec = CloseOnExecMac;
        }
        else
        {
            return null;
        }

        // O_RDONLY is 0. O_DIRECTORY, which differs between processors, is not needed.
        int descriptor;
        do
        {
            descriptor = OpenDescriptor(path, closeOnExec);
        }
        while (IsInterrupted(descriptor));

        return descriptor >= 0 ? new SafeFileHandle(descriptor, ownsHandle: true) : throw Fault(path);
    }

    /// <summary>Makes a file or directory durable.</summary>
    /// <exception cref="IOException">It has failed; the HResult is the <c>errno</c>.</exception>
    public static void Sync(SafeFileHandle handle)
    {
        // On macOS fsync leaves the data in the drive's cache. Only where the stronger call is unknown (network shares) is it tried: after
        // any other failure it would succeed without having written.
        bool full = OperatingSystem.IsMacOS();
        int result;
        do
        {
            result = full ? FileControl(handle, FullSyncMac) : SyncDescriptor(handle);
            if (full && result < 0 && Marshal.GetLastPInvokeError() is (NotSupportedMac or NoControlMac or InvalidArgument))
            {
                full = false;
                result = SyncDescriptor(handle);
            }
        }
        while (IsInterrupted(result));

        if (result < 0)
        {
            throw Fault("sync");
        }
    }

    private static bool IsInterrupted(int result) => result < 0 && Marshal.GetLastPInvokeError() == Interrupted;

    private static IOException Fault(string what)
    {
        int error = Marshal.GetLastPInvokeError();
        return new IOException($"{what}: {Marshal.GetPInvokeErrorMessage(error)}", error);
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenDescriptor(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int SyncDescriptor(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int FileControl(SafeFileHandle file, int command);
}
