using Xunit;
using Ticks = FastCache.Timing.Tick;

namespace FastCache.Tests.Unit.TestTypes;

/// <summary>Makes caches whose time passes when a test says so, and that behave the same in every run.</summary>
internal static class ExpiringCache
{
    /// <summary>The length of a tick.</summary>
    public static readonly TimeSpan Tick = TimeSpan.FromTicks(Ticks.Length);

    /// <summary>The shortest time there is.</summary>
    public static readonly TimeSpan Instant = TimeSpan.FromTicks(1);

    /// <summary>Every policy, with coarse and with precise time.</summary>
    public static TheoryData<EvictionPolicy, bool> Kinds
    {
        get
        {
            var kinds = new TheoryData<EvictionPolicy, bool>();
            foreach (EvictionPolicy policy in Enum.GetValues<EvictionPolicy>())
            {
                kinds.Add(policy, false);
                kinds.Add(policy, true);
            }

            return kinds;
        }
    }

    public static Cache<TKey, TValue> Of<TKey, TValue>(
        TimeProvider time, Action<CacheOptions<TKey, TValue>>? configure = null, int capacity = 100)
        where TKey : notnull
    {
        var options = new CacheOptions<TKey, TValue>
        {
            Capacity = capacity,
            ShardCount = 1,
            HashSeed = TestCache.Seed,
            TimeProvider = time,
        };
        configure?.Invoke(options);
        return new Cache<TKey, TValue>(options);
    }

    /// <summary>Says how an entry is to be kept that expires so long after its write.</summary>
    public static EntryOptions For(TimeSpan duration) => new() { ExpireAfterWrite = duration };

    /// <summary>Says how an entry is to be kept that expires so long after its last access.</summary>
    public static EntryOptions Idle(TimeSpan duration) => new() { ExpireAfterAccess = duration };
}
