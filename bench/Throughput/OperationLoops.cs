using System.Runtime.CompilerServices;
using FastCache.Bench.Contestants;

namespace FastCache.Bench.Throughput;

internal readonly struct ReadLoop : IOperationLoop
{
    public static double LookupsPerOperation => 1;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static long Run<TContestant>(TContestant cache, ReadOnlySpan<long> keys, long salt, object value)
        where TContestant : struct, IContestant<TContestant>
    {
        long hits = 0;
        foreach (long key in keys)
        {
            if (cache.TryGet(key, out object? found) && ReferenceEquals(found, value))
            {
                hits++;
            }
        }

        return hits;
    }
}

/// <summary>Serves updates and inserts: these differ in their keys only.</summary>
internal readonly struct SetLoop : IOperationLoop
{
    public static double LookupsPerOperation => 0;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static long Run<TContestant>(TContestant cache, ReadOnlySpan<long> keys, long salt, object value)
        where TContestant : struct, IContestant<TContestant>
    {
        foreach (long key in keys)
        {
            cache.Set(key + salt, value);
        }

        return 0;
    }
}

internal readonly struct ReadThroughLoop : IOperationLoop
{
    public static double LookupsPerOperation => 1;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static long Run<TContestant>(TContestant cache, ReadOnlySpan<long> keys, long salt, object value)
        where TContestant : struct, IContestant<TContestant>
    {
        long hits = 0;
        foreach (long key in keys)
        {
            if (!cache.TryGet(key, out object? found))
            {
                cache.Set(key, value);
            }
            else if (ReferenceEquals(found, value))
            {
                hits++;
            }
        }

        return hits;
    }
}

internal readonly struct MixedLoop : IOperationLoop
{
    private const int SetEvery = 4;

    public static double LookupsPerOperation => (SetEvery - 1.0) / SetEvery;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static long Run<TContestant>(TContestant cache, ReadOnlySpan<long> keys, long salt, object value)
        where TContestant : struct, IContestant<TContestant>
    {
        long hits = 0;
        for (int i = 0; i < keys.Length; i++)
        {
            long key = keys[i];
            if (i % SetEvery == 0 || !cache.TryGet(key, out object? found))
            {
                cache.Set(key, value);
            }
            else if (ReferenceEquals(found, value))
            {
                hits++;
            }
        }

        return hits;
    }
}
