namespace FastCache.Bench.HitRate;

/// <summary>Hits by requests and by bytes.</summary>
internal readonly record struct SizedHits(long Objects, long Bytes);
