namespace FastCache.Bench.Bdn;

/// <summary>A key as applications make them: equality and hash code are what the compiler writes.</summary>
public sealed record RecordKey(int Tenant, string Name);
