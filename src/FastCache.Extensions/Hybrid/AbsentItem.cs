namespace FastCache.Extensions.Hybrid;

/// <summary>What a load brings that only looks, and finds nothing. Kept nowhere.</summary>
internal sealed class AbsentItem : LocalItem
{
    private AbsentItem()
        : base(stamp: 0, moments: [], size: 0)
    {
    }

    public static AbsentItem Instance { get; } = new();
}
