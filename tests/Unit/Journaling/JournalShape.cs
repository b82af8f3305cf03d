namespace FastCache.Tests.Unit.Journaling;

/// <summary>Kinds of caches whose writes take different paths.</summary>
public enum JournalShape
{
    Plain,
    FourShards,
    Colliding,
    Weighed,
    Listened,
    Expiring,
    Precise,
}
