namespace FastCache.Tests.Properties.Linearizability;

/// <summary>Whether entries of a program expire, and by which clock.</summary>
internal enum Expiring
{
    Never,
    Precisely,

    /// <summary>By ticks of 50 milliseconds: an entry may be returned up to a tick after its end.</summary>
    Coarsely,
}
