namespace FastCache.Extensions.Hybrid;

/// <summary>What is known of a local copy.</summary>
internal enum LocalState
{
    /// <summary>It may be served.</summary>
    Current,

    /// <summary>One of its tags was invalidated since.</summary>
    Outdated,

    /// <summary>The second level has to be asked first.</summary>
    Unconfirmed,
}
