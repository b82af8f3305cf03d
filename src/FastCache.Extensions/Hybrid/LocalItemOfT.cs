namespace FastCache.Extensions.Hybrid;

/// <summary>A value of a type.</summary>
internal abstract class LocalItem<T>(long stamp, TagMoment[] moments, int size) : LocalItem(stamp, moments, size)
{
    /// <summary>The value, for one caller.</summary>
    public abstract T GetValue();
}
