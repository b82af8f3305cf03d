using FastCache.Persistence.Format;
using FastCache.Persistence.Storage;

namespace FastCache.Persistence.Writing;

/// <summary>The file of a <see cref="StopMark"/>.</summary>
internal static class StopMarkFile
{
    /// <summary>Writes it, so that it is there whole or not at all.</summary>
    public static StorageResult Write(IStorage storage, in StopMark mark)
    {
        storage.Delete(StopMark.TemporaryFileName);
        StorageResult result = storage.Create(StopMark.TemporaryFileName, StopMark.Length, out IStorageFile? file);
        if (!result.IsOk)
        {
            return result;
        }

        using (file)
        {
            Span<byte> bytes = stackalloc byte[StopMark.Length];
            mark.Write(bytes);
            result = file!.Write(0, bytes);
            result = result.IsOk ? file.Sync() : result;
        }

        result = result.IsOk ? storage.Rename(StopMark.TemporaryFileName, StopMark.FileName) : result;
        return result.IsOk ? storage.SyncDirectory() : result;
    }

    /// <summary>Reads it; null if there is none, or none that can be read.</summary>
    public static StopMark? Read(IReadOnlyStorage storage) => Read(storage, out _);

    /// <summary>Reads it; null if there is none, or none that can be read.</summary>
    /// <param name="storage">Where.</param>
    /// <param name="length">How long its file is; 0 if there is none.</param>
    public static StopMark? Read(IReadOnlyStorage storage, out long length)
    {
        length = 0;
        if (!storage.Open(StopMark.FileName, out IStorageFile? file).IsOk)
        {
            return null;
        }

        using (file)
        {
            length = file!.Length;

            // One byte more than there may be.
            Span<byte> bytes = stackalloc byte[StopMark.Length + 1];
            return file.Read(0, bytes, out int count).IsOk && StopMark.TryRead(bytes[..count], out StopMark mark) ? mark : null;
        }
    }

    /// <summary>Removes it for good, before anything is written that it does not speak of.</summary>
    public static StorageResult Remove(IStorage storage)
    {
        StorageResult result = storage.Delete(StopMark.FileName);
        return result.IsOk ? storage.SyncDirectory() : result;
    }
}
