namespace FastCache.Persistence.Storage;

/// <summary>Says which <see cref="StorageError"/> an exception of the class library stands for.</summary>
/// <remarks>
/// .NET leaves an <c>errno</c> as it is in <see cref="Exception.HResult"/>, and puts 0x8007 before an error of Windows and before what it
/// has an exception type of its own for. The numbers of Linux and macOS that are listed do not contradict each other.
/// </remarks>
internal static class StorageFault
{
    private const int Win32 = 0x8007;

    /// <summary>Whether a disk may be the cause. All else is a mistake of the caller, or of this library.</summary>
    public static bool Covers(Exception exception) => exception is IOException or UnauthorizedAccessException;

    public static StorageResult From(Exception exception) => new(ErrorOf(exception.HResult), exception);

    /// <param name="hresult">An <c>errno</c>, or an HRESULT.</param>
    public static StorageError ErrorOf(int hresult)
    {
        if (hresult >= 0)
        {
            return OfUnix(hresult);
        }

        return (hresult >>> 16) == Win32 ? OfWindows(hresult & 0xFFFF) : StorageError.Other;
    }

    private static StorageError OfUnix(int errno) => errno switch
    {
        28 or 122 or 69 => StorageError.NoSpace, // ENOSPC; EDQUOT of Linux, of macOS
        5 or 6 or 19 or 117 => StorageError.DeviceFailed, // EIO, ENXIO, ENODEV, EUCLEAN (the file system is damaged)
        2 or 20 => StorageError.NotFound, // ENOENT, ENOTDIR
        17 => StorageError.AlreadyExists, // EEXIST
        1 or 13 or 30 => StorageError.AccessDenied, // EPERM, EACCES, EROFS
        11 or 35 or 16 or 26 => StorageError.InUse, // EWOULDBLOCK of Linux, of macOS; EBUSY, ETXTBSY
        _ => StorageError.Other,
    };

    private static StorageError OfWindows(int code) => code switch
    {
        0x27 or 0x70 or 0x50F => StorageError.NoSpace, // HANDLE_DISK_FULL, DISK_FULL, DISK_QUOTA_EXCEEDED
        21 or 23 or 29 or 30 or 31 or 55 or 0x45D => StorageError.DeviceFailed, // NOT_READY, CRC, WRITE_FAULT, READ_FAULT, GEN_FAILURE,
                                                                                // DEV_NOT_EXIST, IO_DEVICE
        2 or 3 => StorageError.NotFound, // FILE_NOT_FOUND, PATH_NOT_FOUND
        80 or 183 => StorageError.AlreadyExists, // FILE_EXISTS, ALREADY_EXISTS
        5 or 19 => StorageError.AccessDenied, // ACCESS_DENIED, WRITE_PROTECT
        32 or 33 => StorageError.InUse, // SHARING_VIOLATION, LOCK_VIOLATION
        _ => StorageError.Other,
    };
}
