using FastCache.Extensions.Hybrid;

namespace FastCache.Extensions.Registration;

/// <summary>What an entry under a string takes in memory.</summary>
internal static class EntryBytes
{
    // Headers and lengths of the string and the array, 46, and the entry in the table, some 56 bytes.
    private const int Overhead = 100;

    public static int Of(string key, byte[] value) => Of(key, value.Length);

    public static int Of(string key, LocalItem item) => Of(key, item.Size);

    private static int Of(string key, int size) => (int)Math.Min(int.MaxValue, Overhead + (2L * key.Length) + size);
}
