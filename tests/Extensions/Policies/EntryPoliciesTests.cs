using System.Buffers;
using FastCache.Extensions;
using FastCache.Extensions.Policies;
using FastCache.Tests.Extensions.TestTypes;
using FastCache.Tests.Persistence.Storage;
using FastCache.Tests.Unit.TestTypes;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FastCache.Tests.Extensions.Policies;

/// <summary>Lifetimes by sorts of entries, from the settings.</summary>
public sealed class EntryPoliciesTests : IAsyncDisposable
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly ManualTimeProvider _time = new();
    private readonly TemporaryDirectory _directory = new();
    private ServiceProvider? _provider;

    public async ValueTask DisposeAsync()
    {
        if (_provider is not null)
        {
            await _provider.DisposeAsync();
        }

        _directory.Dispose();
    }

    [Theory]
    [InlineData("document:17", 24)]
    [InlineData("Document:17:a", 24)]
    [InlineData("document:", 24)]
    [InlineData("document", 1)]
    [InlineData("documents:17", 1)]
    [InlineData("doc:17", 1)]
    [InlineData(":document:17", 1)]
    [InlineData("user:document:17", 1)]
    [InlineData("averylongwordwithoutanysegment", 1)]
    [InlineData("", 1)]
    public async Task The_first_segment_of_a_string_key_says_how_long_an_entry_is_kept_that_says_nothing(string key, int hours)
    {
        IFastCacheProvider caches = Caches(("FastCache:DefaultExpiration", "01:00:00"), ("FastCache:Policies:document:Expiration", "1.00:00:00"));
        IMemoryCache memory = caches.GetMemoryCache("memory");
        IBufferDistributedCache distributed = caches.GetDistributedCache("distributed");
        memory.Set(key, "value");
        distributed.Set(key, [1]);
        FastCacheHybridCache hybrid = caches.GetHybridCache("hybrid");
        await hybrid.SetAsync(key, 1, cancellationToken: TestContext.Current.CancellationToken);

        _time.Advance((hours * Hour) - TimeSpan.FromSeconds(1));
        Assert.Equal(key.Length > 0 ? 1 : 2, await AskAsync(hybrid, key));
        Assert.True(memory.TryGetValue(key, out _));
        Assert.NotNull(distributed.Get(key));
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.False(memory.TryGetValue(key, out _));
        Assert.Null(distributed.Get(key));
        Assert.Equal(2, await AskAsync(hybrid, key));
    }

    [Fact]
    public async Task A_hybrid_cache_takes_from_a_policy_what_a_call_leaves_open_and_no_sliding()
    {
        FastCacheHybridCache hybrid = Caches(
            ("FastCache:DefaultExpiration", "02:00:00"),
            ("FastCache:Hybrid:DefaultLocalExpiration", "00:10:00"),
            ("FastCache:Policies:document:Expiration", "03:00:00"),
            ("FastCache:Policies:session:SlidingExpiration", "05:00:00")).GetHybridCache("hybrid");
        (string Key, TimeSpan? Own, TimeSpan Life)[] entries =
        [
            ("document:1", null, TimeSpan.FromHours(3)),
            ("document:2", Hour, Hour),
            ("session:1", null, TimeSpan.FromMinutes(10)),
            ("other:1", null, TimeSpan.FromMinutes(10)),
        ];
        foreach ((string key, TimeSpan? own, _) in entries)
        {
            HybridCacheEntryOptions? options = own is null ? null : new HybridCacheEntryOptions { Expiration = own };
            await hybrid.SetAsync(key, 1, options, cancellationToken: TestContext.Current.CancellationToken);
        }

        TimeSpan passed = TimeSpan.Zero;
        foreach (TimeSpan life in entries.Select(static entry => entry.Life).Distinct().Order())
        {
            foreach (int seconds in (int[])[-1, 1])
            {
                TimeSpan moment = life + TimeSpan.FromSeconds(seconds);
                _time.Advance(moment - passed);
                passed = moment;
                foreach ((string key, _, TimeSpan expected) in entries)
                {
                    Assert.Equal(passed < expected ? 1 : 2, await AskAsync(hybrid, key));
                }
            }
        }
    }

    [Fact]
    public void A_policy_takes_the_place_of_both_defaults_and_may_slide()
    {
        IFastCacheProvider caches = Caches(
            ("FastCache:DefaultExpiration", "02:00:00"),
            ("FastCache:DefaultSlidingExpiration", "01:00:00"),
            ("FastCache:Policies:document:Expiration", "03:00:00"),
            ("FastCache:Policies:session:SlidingExpiration", "00:30:00"));
        IMemoryCache memory = caches.GetMemoryCache("memory");
        memory.Set("document:1", 1);
        memory.Set("session:1", 1);

        // Three hours, in which the session is asked for and the document is not.
        for (int step = 0; step < 9; step++)
        {
            _time.Advance(TimeSpan.FromMinutes(19));
            Assert.True(memory.TryGetValue("session:1", out _));
        }

        Assert.True(memory.TryGetValue("document:1", out _));
        _time.Advance(TimeSpan.FromMinutes(31));
        Assert.False(memory.TryGetValue("session:1", out _));
        Assert.False(memory.TryGetValue("document:1", out _));
    }

    [Fact]
    public async Task An_entry_that_says_when_it_expires_is_kept_as_it_says()
    {
        IFastCacheProvider caches = Caches(("FastCache:Policies:document:Expiration", "00:01:00"));
        IMemoryCache memory = caches.GetMemoryCache("memory");
        IBufferDistributedCache distributed = caches.GetDistributedCache("distributed");
        var sliding = new DistributedCacheEntryOptions { SlidingExpiration = Hour };
        memory.Set("document:absolute", 1, _time.GetUtcNow() + Hour);
        memory.Set("document:relative", 1, Hour);
        memory.Set("document:sliding", 1, new MemoryCacheEntryOptions { SlidingExpiration = Hour });
        memory.Set(17, "not a string");
        await distributed.SetAsync("document:sliding", [1], sliding);
        await distributed.SetAsync("document:sequence", new ReadOnlySequence<byte>([1]), sliding);
        await distributed.SetAsync("document:silent", new ReadOnlySequence<byte>([1]), new DistributedCacheEntryOptions());

        _time.Advance(TimeSpan.FromMinutes(2));

        Assert.All(["document:absolute", "document:relative", "document:sliding", 17], (object key) => Assert.True(memory.TryGetValue(key, out _)));
        Assert.NotNull(distributed.Get("document:sliding"));
        Assert.NotNull(distributed.Get("document:sequence"));
        Assert.Null(distributed.Get("document:silent"));
    }

    [Fact]
    public void The_prefix_of_a_distributed_cache_is_no_segment()
    {
        IBufferDistributedCache cache = Caches(
            ("FastCache:KeyPrefix", "shop:"),
            ("FastCache:Policies:shop:Expiration", "00:01:00"),
            ("FastCache:Policies:document:Expiration", "01:00:00")).GetDistributedCache("distributed");
        cache.Set("document:1", [1]);

        _time.Advance(TimeSpan.FromMinutes(2));

        Assert.NotNull(cache.Get("document:1"));
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_distributed_cache_with_a_log_has_policies_too_awaited_or_not()
    {
        await Wait.LeaveRunner();
        IFastCacheProvider caches = Caches(
            ("FastCache:PersistenceDirectory", _directory.Path),
            ("FastCache:Policies:document:Expiration", "00:01:00"),
            ("FastCache:Caches:awaited:PersistenceDurability", "EveryWrite"));
        foreach (string name in new[] { "awaited", "distributed" })
        {
            IBufferDistributedCache cache = caches.GetDistributedCache(name);
            await cache.SetAsync("document:1", [1]);
            await cache.SetAsync("other:1", [1]);

            _time.Advance(TimeSpan.FromMinutes(2));

            Assert.Null(cache.Get("document:1"));
            Assert.NotNull(cache.Get("other:1"));
        }
    }

    [Fact]
    public void What_a_cache_says_of_a_policy_comes_after_what_is_said_for_all_and_changes_only_that()
    {
        IFastCacheProvider caches = Caches(
            ("FastCache:Policies:document:Expiration", "1.00:00:00"),
            ("FastCache:Policies:document:SlidingExpiration", "02:00:00"),
            ("FastCache:Policies:user:Expiration", "00:05:00"),
            ("FastCache:Caches:archive:Policies:Document:Expiration", "30.00:00:00"),
            ("FastCache:Caches:archive:Policies:page:Expiration", "00:01:00"));

        Assert.Equal((TimeSpan.FromDays(1), 2 * Hour), Times(caches.GetEntryOptions("", "document")));
        Assert.Equal((TimeSpan.FromDays(30), 2 * Hour), Times(caches.GetEntryOptions("archive", "document")));
        Assert.Equal((TimeSpan.FromMinutes(5), Timeout.InfiniteTimeSpan), Times(caches.GetEntryOptions("archive", "USER")));
        Assert.Equal((TimeSpan.FromMinutes(1), Timeout.InfiniteTimeSpan), Times(caches.GetEntryOptions("archive", "page")));
        Assert.Throws<ArgumentException>("policy", () => caches.GetEntryOptions("", "page"));
        Assert.Contains("'page'", Assert.Throws<ArgumentException>(() => caches.GetEntryOptions("orders", "page")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>("name", () => caches.GetEntryOptions(null!, "page"));
        Assert.Throws<ArgumentNullException>("policy", () => caches.GetEntryOptions("", null!));

        static (TimeSpan?, TimeSpan?) Times(EntryOptions options) => (options.ExpireAfterWrite, options.ExpireAfterAccess);
    }

    [Fact]
    public void A_typed_cache_takes_a_policy_by_its_name()
    {
        IFastCacheProvider caches = Caches(("FastCache:Policies:document:Expiration", "1.00:00:00"));
        Cache<int, string> cache = caches.GetCache<int, string>("documents");

        cache.Set(17, "text", caches.GetEntryOptions("documents", "document"));

        Assert.Equal(TimeSpan.FromDays(1), cache.TimeToLive(17));
    }

    [Fact]
    public void Tags_of_an_entry_stay_where_its_lifetime_comes_from_a_policy()
    {
        var settings = new FastCacheOptions { Policies = { ["document"] = new FastCacheEntryPolicy { Expiration = Hour } } };
        EntryPolicies policies = EntryPolicies.Of(settings)!;

        EntryOptions tagged = EntryPolicies.Apply(policies, new EntryOptions { Tags = ["red"] }, "document:1");

        Assert.Equal(["red"], tagged.Tags);
        Assert.Equal(Hour, tagged.ExpireAfterWrite);
        Assert.Null(EntryPolicies.Of(new FastCacheOptions()));
        Assert.Equal(default, EntryPolicies.Apply(null, default, "document:1"));
    }

    private IFastCacheProvider Caches(params (string Key, string? Value)[] settings)
    {
        _provider = Configured.Services(settings)
            .AddSingleton<TimeProvider>(_time)
            .AddFastCache(static options => options.PreciseExpiration = true)
            .BuildServiceProvider();
        return _provider.GetRequiredService<IFastCacheProvider>();
    }

    /// <summary>1 if the value is still there that was set, else 2; leaves nothing behind.</summary>
    private static ValueTask<int> AskAsync(FastCacheHybridCache hybrid, string key)
        => hybrid.GetOrCreateAsync(
            key,
            static _ => ValueTask.FromResult(2),
            new HybridCacheEntryOptions { Flags = HybridCacheEntryFlags.DisableLocalCacheWrite },
            cancellationToken: TestContext.Current.CancellationToken);
}
