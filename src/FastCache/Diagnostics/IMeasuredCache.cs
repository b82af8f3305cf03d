using FastCache.Journaling;

namespace FastCache.Diagnostics;

/// <summary>A cache as the meter sees it: without its type arguments.</summary>
internal interface IMeasuredCache
{
    /// <summary>What its measurements are marked with; null: nothing.</summary>
    string? Name { get; }

    /// <summary>Whether it counts hits and misses.</summary>
    bool CountsRequests { get; }

    /// <summary>Whether its entries weigh something.</summary>
    bool HasWeigher { get; }

    /// <summary>All that is counted.</summary>
    CacheStatistics Statistics { get; }

    /// <summary>How its journal is; null if it has none.</summary>
    JournalStatistics? JournalStatistics { get; }
}
