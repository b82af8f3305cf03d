namespace FastCache.Extensions.Hybrid;

/// <summary>A value that callers share: nobody can change it, or it cannot be kept as bytes.</summary>
internal sealed class ObjectItem<T>(T value, long stamp, TagMoment[] moments, int size) : LocalItem<T>(stamp, moments, size)
{
    public T Value { get; } = value;

    public override T GetValue() => Value;
}
