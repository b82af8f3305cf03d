using FastCache.Bench.Workloads;

namespace FastCache.Bench.Facades;

/// <summary>The keys that the contestants of a cell are asked for, all made before the clock starts.</summary>
internal abstract class FacadeKeys
{
    private const string Prefix = "user:";
    private const int Length = 21;

    /// <summary>The key of an id: a new string at each call, as an application's is that makes it from what it was asked.</summary>
    public static string Of(long id) => string.Create(Length, SplitMix64.Scramble(id), static (text, key) =>
    {
        Prefix.CopyTo(text);
        key.TryFormat(text[Prefix.Length..], out _, "x16");
    });

    /// <summary>The keys of a turn, for each thread its own. Every contestant gets the same.</summary>
    public abstract ReadOnlyMemory<string>[] Next(int threads, int perThread);
}
