namespace FastCache.Extensions.Registration;

/// <summary>What is under a distributed cache.</summary>
internal sealed class DistributedCacheRegistration(string name) : CacheRegistration
{
    public override ICacheInstance? Find(FastCacheProvider provider) => provider.InstanceUnderDistributed(name);
}
