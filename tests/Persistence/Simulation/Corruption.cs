namespace FastCache.Tests.Persistence.Simulation;

/// <summary>What a disk does to durable bytes over the years.</summary>
internal static class Corruption
{
    public static void Flip(this SimulatedStorage storage, string name, int offset, byte xor)
    {
        byte[] bytes = storage.Bytes(name);
        bytes[offset] ^= xor;
        storage.Replace(name, bytes);
    }

    public static void Zero(this SimulatedStorage storage, string name, int offset, int length)
    {
        byte[] bytes = storage.Bytes(name);
        bytes.AsSpan(offset, length).Clear();
        storage.Replace(name, bytes);
    }

    public static void Truncate(this SimulatedStorage storage, string name, int length)
        => storage.Replace(name, storage.Bytes(name).AsSpan(0, length));

    /// <summary>Swaps two whole sectors, counted from 0, as a misdirected write does.</summary>
    public static void SwapSectors(this SimulatedStorage storage, string name, int first, int second)
    {
        byte[] bytes = storage.Bytes(name);
        Span<byte> one = bytes.AsSpan(first * Tearing.Sector, Tearing.Sector);
        Span<byte> other = bytes.AsSpan(second * Tearing.Sector, Tearing.Sector);
        byte[] kept = one.ToArray();
        other.CopyTo(one);
        kept.CopyTo(other);
        storage.Replace(name, bytes);
    }
}
