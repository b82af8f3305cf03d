using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace FastCache.Persistence.Storage;

/// <summary>Keeps everybody else out of a directory, in this process and in others, until it is disposed of or the process ends.</summary>
/// <remarks>
/// The lock is the open file, not its existence: a killed process leaves none behind. Its text, the process id and the id of the boot
/// that this is valid for, is for messages only. File locks do not work everywhere (NFS, or switched off by
/// <c>DOTNET_SYSTEM_IO_DISABLEFILELOCKING</c>), so the directories held by this process are also kept in a set.
/// </remarks>
internal sealed class DirectoryLock : IDisposable
{
    public const string FileName = "LOCK";
    private const string BootIdPath = "/proc/sys/kernel/random/boot_id";
    private const int LongestText = 256;

    private static readonly HashSet<string> Held
        = new(OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);

    private readonly string _directory;
    private readonly SafeFileHandle _file;

    private DirectoryLock(string directory, SafeFileHandle file)
    {
        _directory = directory;
        _file = file;
    }

    public bool IsReleased => _file.IsClosed;

    /// <param name="directory">A full path.</param>
    /// <param name="taken">The lock, if it was free.</param>
    public static StorageResult Take(string directory, out DirectoryLock? taken)
    {
        taken = null;
        lock (Held)
        {
            if (!Held.Add(directory))
            {
                return InUse(directory, $"this process, {Environment.ProcessId}", null);
            }
        }

        string path = Path.Combine(directory, FileName);
        try
        {
            // On Windows others may read, for the sake of the message: a second one asks for write access and is refused. On Unix
            // only None is exclusive.
            FileShare share = OperatingSystem.IsWindows() ? FileShare.Read : FileShare.None;
            taken = new DirectoryLock(directory, File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, share));
            taken.Sign();
            return default;
        }
        catch (Exception fault) when (StorageFault.Covers(fault))
        {
            StorageResult result = StorageFault.From(fault);
            return result.Error == StorageError.InUse ? InUse(directory, OwnerOf(path), fault) : result;
        }
        finally
        {
            if (taken is null)
            {
                Forget(directory);
            }
        }
    }

    public void Dispose()
    {
        // Only the first of several calls: after it somebody else may be the one in the set.
        lock (_file)
        {
            if (_file.IsClosed)
            {
                return;
            }

            _file.Dispose();
        }

        Forget(_directory);
    }

    private static void Forget(string directory)
    {
        lock (Held)
        {
            Held.Remove(directory);
        }
    }

    private static StorageResult InUse(string directory, string owner, Exception? cause)
        => new(StorageError.InUse, new IOException($"The log in '{directory}' is in use by {owner}.", cause));

    /// <summary>Writes who has the lock. That there is no space for it is no reason not to have it.</summary>
    private void Sign()
    {
        try
        {
            string boot = File.Exists(BootIdPath) ? File.ReadAllText(BootIdPath).Trim() : "";
            string text = string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}\n{boot}\n");
            RandomAccess.SetLength(_file, 0);
            RandomAccess.Write(_file, Encoding.ASCII.GetBytes(text), 0);
        }
        catch (Exception fault) when (StorageFault.Covers(fault))
        {
        }
    }

    private static string OwnerOf(string path)
    {
        const string Unknown = "another process";
        try
        {
            // A locked file can be read on Unix only without asking for a lock, which the class library always does.
            using SafeFileHandle file = UnixFile.Open(path)
                ?? File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            byte[] text = new byte[LongestText];
            int length = RandomAccess.Read(file, text, 0);
            int end = text.AsSpan(0, length).IndexOf((byte)'\n');
            return end > 0 && int.TryParse(text.AsSpan(0, end), NumberStyles.None, CultureInfo.InvariantCulture, out int id)
                ? string.Create(CultureInfo.InvariantCulture, $"process {id}")
                : Unknown;
        }
        catch (Exception fault) when (StorageFault.Covers(fault))
        {
            return Unknown;
        }
    }
}
