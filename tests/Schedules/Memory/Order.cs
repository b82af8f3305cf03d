namespace FastCache.Tests.Schedules.Memory;

/// <summary>What an access says of the order of others.</summary>
internal enum Order
{
    /// <summary>Nothing.</summary>
    Relaxed,

    /// <summary>A load: what follows it is not performed before it.</summary>
    Acquire,

    /// <summary>A store: what precedes it is performed before it.</summary>
    Release,
}
