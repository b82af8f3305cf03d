using System.Diagnostics;

namespace FastCache.Diagnostics;

/// <summary>What a debugger shows of a cache: its entries.</summary>
internal sealed class CacheDebugView<TKey, TValue>(Cache<TKey, TValue> cache)
    where TKey : notnull
{
    [DebuggerBrowsable(DebuggerBrowsableState.RootHidden)]
    public KeyValuePair<TKey, TValue>[] Entries => [.. cache];
}
