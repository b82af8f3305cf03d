namespace FastCache.Tests.Unit.Loading;

/// <summary>The ways in which a load comes about.</summary>
public enum LoadMode
{
    Sync,
    SyncOverStale,
    Async,
    AsyncOverStale,
    Bulk,
    BulkOverStale,
    EagerRefresh,
    StaleRefresh,
    AfterSoftTimeout,
}
