using System.Buffers;
using System.Buffers.Binary;

namespace FastCache.Persistence.Serialization;

/// <summary>A decimal: the four words of <see cref="decimal.GetBits(decimal)"/>.</summary>
internal sealed class DecimalSerializer : ILogSerializer<decimal>
{
    private const int Words = 4;
    private const int Length = Words * sizeof(int);

    /// <inheritdoc/>
    public string Format => "decimal";

    /// <inheritdoc/>
    public void Serialize(decimal value, IBufferWriter<byte> destination)
    {
        Span<int> words = stackalloc int[Words];
        decimal.GetBits(value, words);
        Span<byte> bytes = destination.GetSpan(Length);
        for (int word = 0; word < Words; word++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes[(word * sizeof(int))..], words[word]);
        }

        destination.Advance(Length);
    }

    /// <inheritdoc/>
    public decimal Deserialize(ReadOnlySpan<byte> source)
    {
        FixedLength.Require(Format, Length, source);
        Span<int> words = stackalloc int[Words];
        for (int word = 0; word < Words; word++)
        {
            words[word] = BinaryPrimitives.ReadInt32LittleEndian(source[(word * sizeof(int))..]);
        }

        return new decimal(words);
    }
}
