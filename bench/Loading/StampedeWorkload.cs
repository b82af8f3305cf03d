using System.Collections.Concurrent;
using Microsoft.Extensions.Caching.Memory;

namespace FastCache.Bench.Loading;

/// <summary>Many callers of one absent key, at once, whose factory ends when all of them have asked.</summary>
/// <remarks>Right are the callers who got the value of the first factory that ran; so a contestant that runs several is INVALID.</remarks>
internal static class StampedeWorkload
{
    public const int Callers = 1_000;

    public const string Dictionary = "ConcurrentDictionary of Lazy";
    public const string FastCache = "GetOrAddAsync";
    public const string MemoryCache = "MemoryCache.GetOrCreateAsync";

    public static LoadWorkload Create(int callers = Callers)
    {
        Cache<long, object> cache = new(Callers);
        MemoryCache memory = new(new MemoryCacheOptions());
        ConcurrentDictionary<long, Lazy<Task<object>>> lazies = new();
        return new LoadWorkload("stampede", [
            Case(Dictionary, callers, (key, make)
                => lazies.GetOrAdd(key, static (_, make) => new Lazy<Task<object>>(make), make).Value),
            Case(FastCache, callers, (key, make) => cache.GetOrAddAsync(key, static (_, make, _) => new ValueTask<object>(make()), make).AsTask()),
            Case(MemoryCache, callers, (key, make) => memory.GetOrCreateAsync(key, _ => make())!) with { Flaw = "a factory each" },
        ]);
    }

    private static LoadCase Case(string contestant, int callers, Func<long, Func<Task<object>>, Task<object>> ask)
    {
        long key = 0;
        return new LoadCase(contestant, callers, async () =>
        {
            key++;
            TaskCompletionSource all = new(TaskCreationOptions.RunContinuationsAsynchronously);
            int runs = 0;
            async Task<object> Make()
            {
                object run = runs++;
                await all.Task.ConfigureAwait(false);
                return run;
            }

            Task<object>[] waiting = new Task<object>[callers];
            for (int i = 0; i < callers; i++)
            {
                waiting[i] = ask(key, Make);
            }

            all.SetResult();
            object[] values = await Task.WhenAll(waiting).ConfigureAwait(false);
            return values.Count(static value => value is 0);
        });
    }
}
