using FastCache.Bench.Workloads;

namespace FastCache.Bench.Log;

/// <summary>Keys and values drawn before anything is measured.</summary>
internal sealed class LogRecords
{
    private const int Values = 4096;
    private const int KeyLength = 16;

    private readonly byte[][] _values = new byte[Values][];
    private readonly Guid[] _keys;

    /// <param name="keys">How many different keys; a power of two.</param>
    /// <param name="valueSize">Bytes of a value.</param>
    public LogRecords(int keys, int valueSize)
    {
        ValueSize = valueSize;
        byte[] json = JsonRecords.Create(Math.Max(1 << 20, 4 * valueSize), seed: 1);
        SplitMix64 random = new(seed: 2);
        for (int value = 0; value < Values; value++)
        {
            int start = (int)random.NextBelow(json.Length - valueSize);
            _values[value] = json[start..(start + valueSize)];
        }

        _keys = new Guid[keys];
        Span<byte> bytes = stackalloc byte[KeyLength];
        for (int key = 0; key < keys; key++)
        {
            BitConverter.TryWriteBytes(bytes, random.Next());
            BitConverter.TryWriteBytes(bytes[sizeof(long)..], random.Next());
            _keys[key] = new Guid(bytes);
        }
    }

    public int ValueSize { get; }

    public int KeyCount => _keys.Length;

    public Guid Key(int number) => _keys[number & (_keys.Length - 1)];

    public byte[] Value(int number) => _values[number & (Values - 1)];
}
