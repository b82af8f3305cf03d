namespace FastCache.Bench.HitRate;

/// <summary>The access patterns that the program makes itself; each is sized to the capacity under test.</summary>
internal enum GeneratedWorkload
{
    /// <summary>Zipf over ten times the capacity: steady popularity.</summary>
    Zipf,

    /// <summary>A hot set that nearly fills the cache, with scans of keys that are asked for once between its requests.</summary>
    Scan,

    /// <summary>A loop over slightly more keys than fit.</summary>
    Loop,

    /// <summary>Zipf over twice the capacity, where what is popular drifts.</summary>
    Shift,

    /// <summary>Zipf over ten times the capacity; every second request is for a key that never comes again.</summary>
    OneHit,
}
