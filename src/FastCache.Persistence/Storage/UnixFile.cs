using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace FastCache.Persistence.Storage;

/// <summary>Opens what the class library does not: directories, and files that another process has locked.</summary>
internal static partial class UnixFile
{
    private const int Interrupted = 4; // EINTR
    private const int CloseOnExecLinux = 0x80000;
    private const int CloseOnExecMac = 0x1000000;

    /// <summary>Opens a file or directory to read or sync it, without a lock.</summary>
    /// <returns>Null on a platform whose constants are not known here, and on Windows.</returns>
    /// <exception cref="IOException">It cannot be opened; the HResult is the <c>errno</c>.</exception>
    public static SafeFileHandle? Open(string path)
    {
        int flags;
        if (OperatingSystem.IsLinux() || OperatingSystem.IsAndroid())
        {
            flags = CloseOnExecLinux;
        }
        else if (OperatingSystem.IsMacOS())
        {
            flags = CloseOnExecMac;
        }
        else
        {
            return null;
        }

        // O_RDONLY is 0. O_DIRECTORY, which differs between processors, is not needed.
        int descriptor, error = 0;
        do
        {
            descriptor = OpenDescriptor(path, flags);
            if (descriptor < 0)
            {
                error = Marshal.GetLastPInvokeError();
            }
        }
        while (descriptor < 0 && error == Interrupted);

        return descriptor >= 0
            ? new SafeFileHandle(descriptor, ownsHandle: true)
            : throw new IOException($"{path}: {Marshal.GetPInvokeErrorMessage(error)}", error);
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenDescriptor(string path, int flags);
}
