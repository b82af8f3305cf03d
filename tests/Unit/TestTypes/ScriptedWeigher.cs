namespace FastCache.Tests.Unit.TestTypes;

/// <summary>Weighs strings by their length, does what a test tells it to meanwhile, and counts its calls.</summary>
internal sealed class ScriptedWeigher
{
    private int _calls;

    /// <summary>Called before each answer.</summary>
    public Action<int, string>? OnWeigh { get; set; }

    /// <summary>Gives the weights.</summary>
    public Func<int, string, int> Weights { get; set; } = static (_, value) => value.Length;

    public int Calls => Volatile.Read(ref _calls);

    /// <summary>Runs <see cref="OnWeigh"/> for the next call only, so that what it does is weighed as usual.</summary>
    public void Once(Action<int, string> action)
        => OnWeigh = (key, value) =>
        {
            OnWeigh = null;
            action(key, value);
        };

    public Cache<int, string> CreateCache(long limit = 100, EvictionPolicy eviction = EvictionPolicy.Lru)
        => WeightedCache.Of<int, string>(limit, Weigh, eviction);

    private int Weigh(int key, string value)
    {
        Interlocked.Increment(ref _calls);
        OnWeigh?.Invoke(key, value);
        return Weights(key, value);
    }
}
