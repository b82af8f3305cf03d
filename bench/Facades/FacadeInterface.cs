namespace FastCache.Bench.Facades;

/// <summary>The interface whose implementations are compared.</summary>
internal enum FacadeInterface
{
    /// <summary><c>IMemoryCache</c>: a string to a reference.</summary>
    Memory,

    /// <summary><c>IDistributedCache</c>: a string to bytes.</summary>
    Distributed,

    /// <summary><c>HybridCache</c>: a string to a text, or to a copy of what has one.</summary>
    Hybrid,
}
