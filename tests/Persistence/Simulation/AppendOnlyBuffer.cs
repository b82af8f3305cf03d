namespace FastCache.Tests.Persistence.Simulation;

/// <summary>Bytes that are written once, zero until then, and shared by all versions of a file that begin with them.</summary>
internal sealed class AppendOnlyBuffer(int capacity)
{
    private int _used;

    public byte[] Bytes { get; } = new byte[capacity];

    /// <summary>Whether the caller may write between the two: only the first who asks to go on from there may.</summary>
    public bool TryClaim(int from, int to) => to <= Bytes.Length && Interlocked.CompareExchange(ref _used, to, from) == from;
}
