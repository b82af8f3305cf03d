namespace FastCache.Extensions.Hybrid;

/// <summary>What a hybrid cache keeps in the process under a key, and what its loads bring.</summary>
/// <param name="stamp">When the making of the value began, by <see cref="WriteClock"/>.</param>
/// <param name="moments">Whose invalidation puts an end to it, as far as the second level tells. Empty if there is none.</param>
/// <param name="size">What it takes in memory without its key, about, in bytes.</param>
internal abstract class LocalItem(long stamp, TagMoment[] moments, int size)
{
    public long Stamp { get; } = stamp;

    public TagMoment[] Moments { get; } = moments;

    public int Size { get; } = size;
}
