namespace FastCache.Bench.HitRate;

/// <summary>Requests for keys, which are numbered densely in the order of their first use.</summary>
internal sealed record Trace(string Name, int[] Requests, int DistinctKeys);
