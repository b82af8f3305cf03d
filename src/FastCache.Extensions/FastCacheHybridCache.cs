using System.Buffers;
using FastCache.Extensions.Health;
using FastCache.Extensions.Hybrid;
using FastCache.Extensions.Policies;
using FastCache.Extensions.Registration;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FastCache.Extensions;

/// <summary>
/// A <see cref="HybridCache"/>: a bounded cache in the process and, if the application has one, an <see cref="IDistributedCache"/> behind it.
/// </summary>
/// <remarks>
/// <para>All members are thread-safe. A hit of a value that callers can share takes no lock, completes at once and allocates nothing, by a
/// string or by its characters.</para>
/// <para>Callers who ask for a key at the same time, for the same type and with the same flags, share one call of a factory. Its token fires when nobody waits any more; a caller's own token ends that caller's wait.
/// What is set, removed, or invalidated by tag while it runs wins: its result goes to those who have asked before, and is not kept.</para>
/// <para>Shared by callers are strings, values without references, and what is sealed and marked by
/// <see cref="System.ComponentModel.ImmutableObjectAttribute"/>. Of everything else each caller gets a copy of his own, from bytes.</para>
/// </remarks>
public sealed partial class FastCacheHybridCache : HybridCache, IDisposable, IAsyncDisposable
{
    private const int RememberedTags = 100_000;
    private static readonly TimeSpan DefaultLife = TimeSpan.FromMinutes(5);

    private readonly FastCacheHybridOptions _options;
    private readonly TimeSpan _life;
    private readonly EntryPolicies? _policies;
    private readonly TimeSpan _jitter;
    private readonly string _keyPrefix;
    private readonly bool _keepsEntries;
    private readonly Cache<string, LocalItem> _local;
    private readonly Cache<string, LocalItem>.AlternateLookup<ReadOnlySpan<char>> _byCharacters;

    // Loads that are not the plain one of their key. Nothing is kept there.
    private readonly Cache<FlightKey, LocalItem> _flights;
    private readonly KeyOrder _order = new();
    private readonly HybridSurroundings _surroundings;
    private readonly Serializers _serializers;
    private readonly WriteClock _clock;
    private readonly SecondLevel? _second;
    private readonly TagMoments? _moments;
    private readonly Action<RunningLoad> _outdate;

    /// <summary>Makes a cache.</summary>
    /// <param name="options">What it is to be like.</param>
    /// <param name="services">
    /// Where the second level, serializers, the time provider, the logger factory and the meter factory come from; null for none.
    /// </param>
    /// <param name="name">What it is called in metrics; null for no name.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="CacheOptionsException">Something is wrong with the options; every fault is named.</exception>
    /// <exception cref="InvalidOperationException">There is no <see cref="FastCacheHybridOptions.SecondLevelName"/> among the services.</exception>
    public FastCacheHybridCache(FastCacheOptions options, IServiceProvider? services = null, string? name = null)
        : this(options, services, name, ArrayPool<byte>.Shared)
    {
    }

    internal FastCacheHybridCache(FastCacheOptions options, IServiceProvider? services, string? name, ArrayPool<byte> pool)
    {
        ArgumentNullException.ThrowIfNull(options);
        FastCacheOptionsValidator.ThrowIfInvalid(options, nameof(options));
        CacheSurroundings surroundings = services is null ? new CacheSurroundings(null, null, null) : new CacheSurroundings(services);

        _options = options.Hybrid;
        _life = options.DefaultExpiration ?? DefaultLife;
        _policies = EntryPolicies.Of(options);
        _jitter = options.ExpirationJitter;
        _keyPrefix = options.KeyPrefix;
        _keepsEntries = options.Enabled;
        _local = new Cache<string, LocalItem>(LocalOptions(options, name, surroundings));
        _byCharacters = _local.GetAlternateLookup<ReadOnlySpan<char>>();
        _flights = new Cache<FlightKey, LocalItem>(new CacheOptions<FlightKey, LocalItem>
        {
            Name = PartOf(name, "flights"),
            Capacity = 1,
            TimeProvider = surroundings.TimeProvider,
            MeterFactory = surroundings.MeterFactory,
        });
        _outdate = Outdate;
        _serializers = new Serializers(services);
        _clock = new WriteClock(surroundings.TimeProvider);
        ILogger logger = surroundings.LoggerFor(HybridCacheLog.Category);
        _surroundings = new HybridSurroundings(surroundings.TimeProvider, logger, pool);
        if (_keepsEntries && SecondLevels.Find(services, _options) is { } second)
        {
            _second = new SecondLevel(
                second, _surroundings, _options.SecondLevelReadTimeout, _options.MaximumPayloadBytes + Payload.MaxOverhead);
            var moments = new CacheOptions<string, TagMoment>
            {
                Name = PartOf(name, "tags"),
                Capacity = RememberedTags,
                TimeProvider = surroundings.TimeProvider,
                MeterFactory = surroundings.MeterFactory,
            };
            _moments = new TagMoments(_second, _surroundings, _clock, _keyPrefix, _options.TagRefreshInterval, new Cache<string, TagMoment>(moments));
        }
    }

    /// <summary>What has happened in the process.</summary>
    public CacheStatistics Statistics => _local.Statistics;

    /// <summary>What has happened at the second level.</summary>
    public SecondLevelStatistics SecondLevelStatistics => _second?.Counters.Statistics ?? default;

    /// <summary>How it is now; null if it keeps nothing.</summary>
    internal CacheFigures? Figures
        => _keepsEntries ? new CacheFigures(this, new CacheLabel(_local.Name ?? "", CacheLabel.HybridKind), Statistics) : null;

    /// <summary>How many keys somebody is at.</summary>
    internal int BusyKeys => _order.Count;

    /// <inheritdoc/>
    /// <remarks>
    /// A key that is null, empty, whitespace, too long or has control characters is served without the cache, and logged. A value of another
    /// type under the key counts as absent, and is replaced. Tags are looked at when the value is made, not at a hit.
    /// </remarks>
    /// <exception cref="ArgumentNullException"><paramref name="factory"/> is null.</exception>
    /// <exception cref="ArgumentException">A tag is empty, or stands for everything.</exception>
    /// <exception cref="InvalidOperationException">The factory asks for the key that it makes, or there is no serializer for the type.</exception>
    public override ValueTask<T> GetOrCreateAsync<TState, T>(
        string key,
        TState state,
        Func<TState, CancellationToken, ValueTask<T>> factory,
        HybridCacheEntryOptions? options = null,
        IEnumerable<string>? tags = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(factory);
        return TryGetLocal(key, options, cancellationToken, out ValueTask<T> value, out LocalItem? found)
            ? value
            : GetOrLoadAsync(key, state, factory, options, tags, found, cancellationToken);
    }

    /// <inheritdoc/>
    /// <remarks>A hit makes no string of the key.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="factory"/> is null.</exception>
    /// <exception cref="ArgumentException">A tag is empty, or stands for everything.</exception>
    /// <exception cref="InvalidOperationException">The factory asks for the key that it makes, or there is no serializer for the type.</exception>
    public override ValueTask<T> GetOrCreateAsync<TState, T>(
        ReadOnlySpan<char> key,
        TState state,
        Func<TState, CancellationToken, ValueTask<T>> factory,
        HybridCacheEntryOptions? options = null,
        IEnumerable<string>? tags = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(factory);
        return TryGetLocal(key, options, cancellationToken, out ValueTask<T> value, out LocalItem? found)
            ? value
            : GetOrLoadAsync(key.ToString(), state, factory, options, tags, found, cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _local.Dispose();
        _flights.Dispose();
        _moments?.Dispose();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _local.DisposeAsync().ConfigureAwait(false);
        Dispose();
    }

    private static string? PartOf(string? name, string part) => string.IsNullOrEmpty(name) ? null : $"{name}.{part}";

    private static CacheOptions<string, LocalItem> LocalOptions(FastCacheOptions options, string? name, CacheSurroundings surroundings)
    {
        CacheOptions<string, LocalItem> local = CacheOptionsMapping.Begin<string, LocalItem>(options, name, surroundings);

        // Jitter is given to entries as a whole, so that the second level has it, too, and nothing lives longer here than there.
        local.ExpiryJitter = TimeSpan.Zero;
        if (options.TotalSize is not null)
        {
            local.Weigher = EntryBytes.Of;
        }

        CacheOptionsMapping.Complete(local, options);
        return local;
    }
}
