using System.Buffers;
using Microsoft.Extensions.Caching.Hybrid;

namespace FastCache.Extensions.Hybrid;

/// <summary>A value that could be changed, kept as bytes: each caller gets one of his own.</summary>
internal sealed class BytesItem<T>(byte[] bytes, IHybridCacheSerializer<T> serializer, long stamp, TagMoment[] moments, int size)
    : LocalItem<T>(stamp, moments, size)
{
    public override T GetValue() => serializer.Deserialize(new ReadOnlySequence<byte>(bytes));
}
