namespace FastCache.Tests.Persistence.Simulation;

/// <summary>What changes a storage.</summary>
internal enum StorageOperation
{
    Create,
    Write,
    Sync,
    Rename,
    Delete,
    SyncDirectory,
}
