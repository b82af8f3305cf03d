namespace FastCache.Bench.Facades;

/// <summary>Has a value ready, and counts how often it was asked. For one thread.</summary>
internal sealed class FacadeFactory(object value)
{
    public long Calls { get; private set; }

    public object Make()
    {
        Calls++;
        return value;
    }
}
