using System.Diagnostics.CodeAnalysis;

namespace FastCache.Bench.Contestants;

/// <summary>
/// A cache under test. Implemented by structs and used as a generic argument only: the JIT then compiles every loop for
/// every contestant separately, and neither an interface call nor a shared profile is measured.
/// </summary>
internal interface IContestant<TSelf> : IDisposable
    where TSelf : struct, IContestant<TSelf>
{
    static abstract string Name { get; }

    /// <summary>Whether it promises never to hold more than its capacity, and to keep the newest entry.</summary>
    static abstract bool IsStrictlyBounded { get; }

    int Count { get; }

    /// <summary>How many shards it has; null if it knows no such thing.</summary>
    int? Shards { get; }

    static abstract TSelf Create(CacheShape shape);

    bool TryGet(long key, [NotNullWhen(true)] out object? value);

    void Set(long key, object value);
}
