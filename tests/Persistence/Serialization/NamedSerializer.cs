using System.Buffers;
using FastCache.Persistence;

namespace FastCache.Tests.Persistence.Serialization;

/// <summary>An application's own serializer, under any name.</summary>
internal sealed class NamedSerializer<T>(string format, Func<T, byte[]> write, Func<byte[], T>? read = null) : ILogSerializer<T>
{
    public string Format => format;

    public void Serialize(T value, IBufferWriter<byte> destination) => destination.Write(write(value));

    public T Deserialize(ReadOnlySpan<byte> source)
        => read is null ? throw new InvalidOperationException("Nobody should read this.") : read(source.ToArray());
}
