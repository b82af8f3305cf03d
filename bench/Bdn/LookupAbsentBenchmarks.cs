namespace FastCache.Bench.Bdn;

/// <summary>TryGet of keys that are all absent, uniformly at random.</summary>
public class LookupAbsentBenchmarks<TKey> : LookupBenchmarks<TKey>
    where TKey : notnull
{
    private protected override bool AsksForPresentKeys => false;
}
