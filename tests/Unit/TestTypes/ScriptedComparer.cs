namespace FastCache.Tests.Unit.TestTypes;

/// <summary>A comparer by default equality that does what a test tells it to, and counts its calls.</summary>
internal sealed class ScriptedComparer<TKey> : IEqualityComparer<TKey>
    where TKey : notnull
{
    private long _equalsCalls;

    /// <summary>Gives the hash codes; the default is the key's own.</summary>
    public Func<TKey, int> HashCodes { get; set; } = key => key.GetHashCode();

    /// <summary>Called before each comparison, with the number of the call, from 1.</summary>
    public Action<long>? OnEquals { get; set; }

    public long EqualsCalls
    {
        get => Interlocked.Read(ref _equalsCalls);
        set => Interlocked.Exchange(ref _equalsCalls, value);
    }

    public static ScriptedComparer<TKey> AllCollide() => new() { HashCodes = _ => 7 };

    public bool Equals(TKey? x, TKey? y)
    {
        OnEquals?.Invoke(Interlocked.Increment(ref _equalsCalls));
        return EqualityComparer<TKey>.Default.Equals(x, y);
    }

    public int GetHashCode(TKey obj) => HashCodes(obj);
}
