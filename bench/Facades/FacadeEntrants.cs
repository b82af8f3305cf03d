namespace FastCache.Bench.Facades;

/// <summary>Who is entered for what. The first is what the others are compared with.</summary>
internal static class FacadeEntrants
{
    public static FacadeEntrant[] Of(FacadeCell cell) => cell.Workload switch
    {
        FacadeWorkload.Hit => Of<GetOperation>(cell),
        FacadeWorkload.GetOrCreate => Of<GetOrCreateOperation>(cell),
        _ => Of<SetOperation>(cell),
    };

    private static FacadeEntrant[] Of<TOperation>(FacadeCell cell)
        where TOperation : struct, IFacadeOperation => cell.Interface switch
        {
            FacadeInterface.Memory =>
            [
                new FacadeEntrant<MemoryFacade<PlatformMemoryCache>, TOperation>(cell),
                new FacadeEntrant<MemoryFacade<CountingFastMemoryCache>, TOperation>(cell),
                new FacadeEntrant<MemoryFacade<FastMemoryCache>, TOperation>(cell),
                new FacadeEntrant<StringKeyFacade, TOperation>(cell),
                new FacadeEntrant<ObjectKeyFacade, TOperation>(cell),
            ],
            FacadeInterface.Distributed when cell.Workload == FacadeWorkload.Hit =>
            [
                new FacadeEntrant<DistributedFacade<PlatformDistributedCache>, TOperation>(cell),
                new FacadeEntrant<DistributedFacade<FastDistributedCache>, TOperation>(cell),
                new FacadeEntrant<DistributedFacade<BufferedDistributedCache>, TOperation>(cell),
            ],
            FacadeInterface.Distributed =>
            [
                new FacadeEntrant<DistributedFacade<PlatformDistributedCache>, TOperation>(cell),
                new FacadeEntrant<DistributedFacade<FastDistributedCache>, TOperation>(cell),
            ],
            FacadeInterface.Hybrid =>
            [
                new FacadeEntrant<AsyncMemoryFacade<PlatformMemoryCache>, TOperation>(cell),
                new FacadeEntrant<AsyncMemoryFacade<CountingFastMemoryCache>, TOperation>(cell),
                new FacadeEntrant<HybridFacade<SharedText>, TOperation>(cell),
                new FacadeEntrant<HybridFacade<TaggedText>, TOperation>(cell),
                new FacadeEntrant<HybridFacade<TwoLevelText>, TOperation>(cell),
                new FacadeEntrant<HybridFacade<CopiedNote>, TOperation>(cell),
                new FacadeEntrant<TextFacade, TOperation>(cell),
            ],
            _ => throw new ArgumentOutOfRangeException(nameof(cell), cell, null),
        };
}
