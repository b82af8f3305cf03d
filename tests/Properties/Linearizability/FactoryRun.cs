namespace FastCache.Tests.Properties.Linearizability;

/// <summary>A factory that was called for a key.</summary>
internal sealed class FactoryRun(int key, long started)
{
    public int Key => key;

    public long Started => started;

    public long Ended { get; set; } = Call.Never;
}
