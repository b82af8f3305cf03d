using Microsoft.Extensions.ObjectPool;

namespace FastCache.Persistence.Writing;

/// <summary>Makes blocks of one size.</summary>
internal sealed class StagedBlockPolicy(int size) : PooledObjectPolicy<StagedBlock>
{
    public override StagedBlock Create() => new(size);

    public override bool Return(StagedBlock obj) => true;
}
