namespace FastCache.Bench.Facades;

/// <summary>
/// A cache as one of the platform's interfaces shows it, or what that is compared with. Implemented by structs and used as a generic
/// argument only: so each contestant has loops of its own, and a profile of its own for the calls through the interface.
/// </summary>
internal interface IFacade<TSelf> : IDisposable
    where TSelf : struct, IFacade<TSelf>
{
    static abstract string Name { get; }

    /// <summary>Whether it promises never to hold more than its capacity, and to keep what was just added.</summary>
    static abstract bool IsStrictlyBounded { get; }

    /// <summary>Entries that it holds; null if it does not say.</summary>
    int? Count { get; }

    static abstract TSelf Create(FacadeShape shape);

    object? Get(string key);

    void Set(string key, object value);

    /// <summary>Reads, or takes the value from <see cref="FacadeShape.Factory"/> and keeps it.</summary>
    object? GetOrCreate(string key);
}
