using System.Globalization;
using System.Runtime.InteropServices;
using FastCache.Bench.Workloads;

namespace FastCache.Bench.Bdn;

/// <summary>Makes keys of the types that the suites are run for.</summary>
internal static class KeyFactory
{
    private const int LookupCount = 1 << 17;
    private const long Seed = 44;

    /// <summary>Whether a suite by this type of keys is among those without <c>--full</c>.</summary>
    public static bool IsCommon(Type key) => key == typeof(long) || key == typeof(Guid) || key == typeof(string);

    /// <summary>The key of an id. Each call makes a new object where the type is a reference: a hit compares contents.</summary>
    public static TKey Create<TKey>(long id)
    {
        long scrambled = SplitMix64.Scramble(id);
        object key = typeof(TKey) switch
        {
            Type type when type == typeof(long) => scrambled,
            Type type when type == typeof(Guid) => GuidOf(scrambled),
            Type type when type == typeof(string) => TextOf(scrambled),
            Type type when type == typeof((int, string)) => ((int)scrambled, TextOf(scrambled)),
            Type type when type == typeof(RecordKey) => new RecordKey((int)scrambled, TextOf(scrambled)),
            _ => throw new NotSupportedException($"No keys of type {typeof(TKey)} are made here."),
        };
        return (TKey)key;
    }

    /// <summary>Keys of consecutive ids, uniformly at random; as many as a power of two.</summary>
    public static TKey[] Lookups<TKey>(long firstId, int ids)
    {
        SplitMix64 random = new(Seed);
        TKey[] keys = new TKey[LookupCount];
        for (int i = 0; i < keys.Length; i++)
        {
            keys[i] = Create<TKey>(firstId + random.NextBelow(ids));
        }

        return keys;
    }

    private static string TextOf(long scrambled) => ((ulong)scrambled).ToString("D20", CultureInfo.InvariantCulture);

    private static Guid GuidOf(long scrambled)
    {
        Span<long> halves = [scrambled, SplitMix64.Scramble(scrambled)];
        return new Guid(MemoryMarshal.AsBytes(halves));
    }
}
