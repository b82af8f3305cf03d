namespace FastCache.Persistence;

/// <summary>What is done with a log that exists.</summary>
public enum LogRecovery
{
    /// <summary>
    /// Everything is restored that is certain to be right. Where a part that was durable cannot be read, it is kept aside, and what is older
    /// than it is left out, since it might be out of date.
    /// </summary>
    Safe,

    /// <summary>As <see cref="Safe"/>, but a part that was durable and cannot be read is an error, and nothing is changed.</summary>
    Strict,

    /// <summary>Nothing is restored; the log begins anew.</summary>
    Discard,
}
