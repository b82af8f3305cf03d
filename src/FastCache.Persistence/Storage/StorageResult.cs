namespace FastCache.Persistence.Storage;

/// <summary>How an operation on storage ended. The default is success.</summary>
/// <param name="Error">What went wrong.</param>
/// <param name="Cause">What the platform says of it; null after success.</param>
internal readonly record struct StorageResult(StorageError Error, Exception? Cause)
{
    public bool IsOk => Error == StorageError.None;
}
