namespace FastCache.Bench.Facades;

/// <summary>The interface whose implementations are compared.</summary>
internal enum FacadeInterface
{
    /// <summary><c>IMemoryCache</c>: a string to a reference.</summary>
    Memory,

    /// <summary><c>IDistributedCache</c>: a string to bytes.</summary>
    Distributed,
}
