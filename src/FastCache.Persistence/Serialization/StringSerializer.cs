using System.Buffers;
using FastCache.Persistence.Format;

namespace FastCache.Persistence.Serialization;

/// <summary>A string, as <see cref="TextBytes"/>.</summary>
internal sealed class StringSerializer : ILogSerializer<string>
{
    /// <inheritdoc/>
    public string Format => "string";

    /// <inheritdoc/>
    public void Serialize(string value, IBufferWriter<byte> destination)
        => destination.Advance(TextBytes.Write(value, destination.GetSpan(TextBytes.MaxLengthOf(value))));

    /// <inheritdoc/>
    public string Deserialize(ReadOnlySpan<byte> source) => TextBytes.Read(source);
}
