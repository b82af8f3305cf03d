using FastCache.Tests.Unit.TestTypes;

namespace FastCache.Tests.Unit.Loading;

/// <summary>A cache with one load in progress, begun in one of the ways there are, whose factory has not answered yet.</summary>
internal sealed class LoadUnderWay<TValue> : IDisposable
{
    public const int Key = 7;

    private static readonly TimeSpan Life = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Grace = TimeSpan.FromHours(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly ScriptedSource<TValue> _source = new();
    private readonly TValue _old;
    private Task<TValue>? _caller;

    public LoadUnderWay(LoadMode mode, TValue old, Action<CacheOptions<int, TValue>>? configure = null)
    {
        Mode = mode;
        _old = old;
        Cache = ExpiringCache.Of<int, TValue>(
            Time,
            options =>
            {
                options.ExpireAfterWrite = Life;
                options.Loading = LoadingFor(mode);
                configure?.Invoke(options);
            },
            capacity: 10_000);
    }

    public Cache<int, TValue> Cache { get; }

    public ManualTimeProvider Time { get; } = new();

    public LoadMode Mode { get; }

    /// <summary>Whether there is a value that everybody sees.</summary>
    public bool HasFresh => Mode == LoadMode.EagerRefresh;

    /// <summary>Whether the load has a caller who waits for what it brings.</summary>
    public bool HasWaiter
        => Mode is not (LoadMode.EagerRefresh or LoadMode.StaleRefresh or LoadMode.AfterSoftTimeout);

    /// <summary>Begins it, and returns when the factory runs.</summary>
    public void Begin()
    {
        if (Mode is not (LoadMode.Sync or LoadMode.Async or LoadMode.Bulk))
        {
            Cache.Set(Key, _old);
            Time.Advance(Mode == LoadMode.EagerRefresh ? 0.6 * Life : 1.1 * Life);
        }

        _caller = Call();
        _source.AwaitCalls(1);
        if (Mode == LoadMode.AfterSoftTimeout)
        {
            Time.Advance(Patience);
        }
    }

    /// <summary>Has the factory answer; returns what the caller has got when the load is over.</summary>
    public async Task<TValue> EndAsync(TValue loaded)
    {
        _source.Answer(loaded);
        TValue value = await _caller!;
        Wait.Until(() => Cache.LoadsInProgress == 0);
        return value;
    }

    /// <summary>What the cache holds for the key.</summary>
    public (bool Found, TValue? Value) Held() => (Cache.TryGet(Key, out TValue? value), value);

    public void Dispose() => Cache.Dispose();

    private static LoadOptions LoadingFor(LoadMode mode)
        => mode switch
        {
            LoadMode.EagerRefresh => new LoadOptions { EagerRefreshThreshold = 0.5 },
            LoadMode.StaleRefresh => new LoadOptions { StaleWhileRevalidate = Grace },
            LoadMode.AfterSoftTimeout => new LoadOptions { FailSafeMaxDuration = Grace, SoftTimeout = Patience },
            _ => new LoadOptions { FailSafeMaxDuration = Grace },
        };

    private Task<TValue> Call()
        => Mode switch
        {
            LoadMode.Sync or LoadMode.SyncOverStale => Task.Run(() => Cache.GetOrAdd(Key, _ => _source.Ask().GetAwaiter().GetResult())),
            LoadMode.Bulk or LoadMode.BulkOverStale => CallMany(),
            _ => Cache.GetOrAddAsync(Key, (_, token) => _source.Ask(token)).AsTask(),
        };

    private async Task<TValue> CallMany()
    {
        Dictionary<int, TValue> values = await Cache.GetOrAddManyAsync(
            [Key], async (keys, token) => [KeyValuePair.Create(keys.Single(), await _source.Ask(token))]);
        return values[Key];
    }
}
