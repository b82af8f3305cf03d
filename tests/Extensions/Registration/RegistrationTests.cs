using System.Diagnostics.Metrics;
using FastCache.Extensions;
using FastCache.Tests.Extensions.TestTypes;
using FastCache.Tests.Unit.TestTypes;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Xunit;

namespace FastCache.Tests.Extensions.Registration;

public sealed class RegistrationTests
{
    [Fact]
    public async Task A_typed_cache_is_one_for_the_container_and_gone_with_it()
    {
        ServiceProvider provider = new ServiceCollection()
            .AddFastCache<string, int>(static options => options.Capacity = 5)
            .AddFastCache<string, long>()
            .BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true, ValidateOnBuild = true });

        Cache<string, int> cache = provider.GetRequiredService<Cache<string, int>>();
        await using (AsyncServiceScope scope = provider.CreateAsyncScope())
        {
            Assert.Same(cache, scope.ServiceProvider.GetRequiredService<Cache<string, int>>());
        }

        Assert.True(cache.Set("key", 1));
        Assert.Equal(5, cache.Capacity);
        Assert.Null(cache.Name);
        Assert.Equal(100_000, provider.GetRequiredService<Cache<string, long>>().Capacity);
        await provider.DisposeAsync();

        Assert.Throws<ObjectDisposedException>(() => cache.Set("key", 1));
    }

    [Fact]
    public void Named_caches_are_keyed_services_and_different_ones()
    {
        using ServiceProvider provider = new ServiceCollection()
            .AddFastCache("small", static options => options.Capacity = 3)
            .AddFastCache<string, int>("small")
            .AddFastCache<string, int>("large", static options => options.Capacity = 9)
            .AddSingleton<Consumer>()
            .BuildServiceProvider();

        Consumer consumer = provider.GetRequiredService<Consumer>();

        Assert.Equal((3, "small"), (consumer.Small.Capacity, consumer.Small.Name));
        Assert.Equal((9, "large"), (consumer.Large.Capacity, consumer.Large.Name));
        Assert.Null(provider.GetService<Cache<string, int>>());
    }

    [Fact]
    public void A_name_known_late_gets_a_cache_from_its_configuration_and_keeps_it()
    {
        using ServiceProvider provider = Configured.Services(("FastCache:Caches:tenant 7:Capacity", "70"))
            .AddFastCache<string, int>("known", static options => options.Capacity = 5)
            .BuildServiceProvider();
        IFastCacheProvider caches = provider.GetRequiredService<IFastCacheProvider>();

        Cache<Guid, string> late = caches.GetCache<Guid, string>("tenant 7");

        Assert.Equal((70, "tenant 7"), (late.Capacity, late.Name));
        Assert.Same(late, caches.GetCache<Guid, string>("tenant 7"));
        Assert.NotSame(late, caches.GetCache<Guid, string>("tenant 8"));
        Assert.Same(caches.GetCache<string, int>("known"), provider.GetRequiredKeyedService<Cache<string, int>>("known"));
        Assert.Same(caches.GetMemoryCache("late"), caches.GetMemoryCache("late"));
        Assert.Same(caches.GetDistributedCache("late"), caches.GetDistributedCache("late"));
        Assert.Null(caches.GetLog<Guid, string>("tenant 7"));
        Assert.Throws<ArgumentNullException>("name", () => caches.GetCache<int, int>(null!));
        Assert.Throws<ArgumentNullException>("name", () => caches.GetMemoryCache(null!));
        Assert.Throws<ArgumentNullException>("name", () => caches.GetDistributedCache(null!));
    }

    [Fact]
    public void Threads_that_ask_for_a_new_name_at_once_get_the_same_cache()
    {
        using ServiceProvider provider = new ServiceCollection().AddFastCache().BuildServiceProvider();
        IFastCacheProvider caches = provider.GetRequiredService<IFastCacheProvider>();

        for (int round = 0; round < 50; round++)
        {
            string name = $"cache {round}";
            var got = new Cache<int, int>[2];
            Crew.Run(2, number => got[number] = caches.GetCache<int, int>(name));
            Assert.Same(got[0], got[1]);
        }
    }

    [Fact]
    public void Names_known_late_end_with_the_container_too()
    {
        ServiceProvider provider = new ServiceCollection().AddFastCache().BuildServiceProvider();
        IFastCacheProvider caches = provider.GetRequiredService<IFastCacheProvider>();
        Cache<int, int> cache = caches.GetCache<int, int>("late");
        IMemoryCache memory = caches.GetMemoryCache("late");
        IDistributedCache distributed = caches.GetDistributedCache("late");

        provider.Dispose();

        Assert.Throws<ObjectDisposedException>(() => cache.Set(1, 1));
        Assert.Throws<ObjectDisposedException>(() => memory.Get("key"));
        Assert.Throws<ObjectDisposedException>(() => distributed.Set("key", [1]));
        Assert.Throws<ObjectDisposedException>(() => caches.GetCache<int, int>("late"));
        Assert.Throws<ObjectDisposedException>(() => caches.GetMemoryCache("late"));
        Assert.Throws<ObjectDisposedException>(() => caches.GetDistributedCache("other"));
    }

    [Fact]
    public void Limits_and_lifetimes_that_code_leaves_alone_are_as_the_settings_say()
    {
        var time = new ManualTimeProvider();
        using ServiceProvider provider = new ServiceCollection()
            .AddSingleton<TimeProvider>(time)
            .AddFastCache(static options =>
            {
                options.Capacity = 50;
                options.DefaultExpiration = TimeSpan.FromMinutes(1);
            })
            .AddFastCache<int, string>("settings")
            .AddFastCache<int, string>("capacity", static options => options.Capacity = 5)
            .AddFastCache<int, string>("weight", static options => (options.Weigher, options.WeightLimit) = (static (_, text) => text.Length, 500))
            .AddFastCache<int, string>("weigher", static options => options.Weigher = static (_, text) => text.Length)
            .AddFastCache<int, string>("forever", static options => options.ExpireAfterWrite = Timeout.InfiniteTimeSpan)
            .BuildServiceProvider();

        Assert.Equal(50, Get("settings").Capacity);
        Assert.Equal(5, Get("capacity").Capacity);
        Assert.Equal(500, Get("weight").WeightLimit);
        Assert.Equal(50, Get("weigher").WeightLimit);
        Get("settings").Set(1, "one");
        Get("forever").Set(1, "one");
        Assert.Equal(TimeSpan.FromMinutes(1), Get("settings").TimeToLive(1));
        Assert.Equal(Timeout.InfiniteTimeSpan, Get("forever").TimeToLive(1));

        Cache<int, string> Get(string name) => provider.GetRequiredKeyedService<Cache<int, string>>(name);
    }

    [Fact]
    public void Bytes_are_weighed_and_what_nobody_can_weigh_is_refused()
    {
        using ServiceProvider provider = new ServiceCollection()
            .AddFastCache(static options => options.SizeLimitMegabytes = 1)
            .AddFastCache<string, byte[]>()
            .AddFastCache<string, object>()
            .BuildServiceProvider();

        Cache<string, byte[]> cache = provider.GetRequiredService<Cache<string, byte[]>>();
        cache.Set("key", new byte[1_000]);

        Assert.Equal(1 << 20, cache.WeightLimit);
        Assert.Equal(1_106, cache.Weight);
        Assert.Throws<CacheOptionsException>(() => provider.GetRequiredService<Cache<string, object>>());
    }

    [Fact]
    public async Task Time_log_and_meter_are_those_of_the_container()
    {
        var time = new ManualTimeProvider();
        var logger = new ListedLogger();
        using var meters = new OwnMeters();
        await using ServiceProvider provider = new ServiceCollection()
            .AddSingleton<TimeProvider>(time)
            .AddSingleton<ILoggerFactory>(logger)
            .AddSingleton<IMeterFactory>(meters)
            .AddFastCache<string, int>(static options => options.ExpireAfterWrite = TimeSpan.FromMinutes(1))
            .AddFastCacheMemoryCache()
            .BuildServiceProvider();

        Cache<string, int> cache = provider.GetRequiredService<Cache<string, int>>();
        IMemoryCache memory = provider.GetRequiredService<IMemoryCache>();
        cache.Set("key", 1);
        memory.Set("key", 1, TimeSpan.FromMinutes(1));
        time.Advance(TimeSpan.FromMinutes(2));

        Assert.False(cache.ContainsKey("key"));
        Assert.False(memory.TryGetValue("key", out _));
        Assert.Contains("FastCache.MemoryCache", logger.Categories);
        Assert.NotEmpty(meters.Created);
    }

    [Fact]
    public void A_memory_cache_is_added_unless_there_is_one()
    {
        using ServiceProvider added = new ServiceCollection().AddFastCacheMemoryCache().AddMemoryCache().BuildServiceProvider();
        using ServiceProvider kept = new ServiceCollection()
            .AddScoped<IMemoryCache, ForeignMemoryCache>().AddFastCacheMemoryCache().BuildServiceProvider();
        using ServiceProvider replaced = new ServiceCollection().AddMemoryCache().AddFastCacheMemoryCache(replace: true).BuildServiceProvider();

        Assert.IsType<FastCacheMemoryCache>(added.GetRequiredService<IMemoryCache>());
        Assert.Same(added.GetRequiredService<IMemoryCache>(), added.GetRequiredService<IMemoryCache>());
        Assert.NotNull(added.GetRequiredService<IMemoryCache>().GetCurrentStatistics());
        Assert.IsType<ForeignMemoryCache>(kept.GetRequiredService<IMemoryCache>());
        Assert.IsType<FastCacheMemoryCache>(Assert.Single(replaced.GetServices<IMemoryCache>()));
    }

    [Fact]
    public void A_distributed_cache_is_added_unless_there_is_one_and_shares_nothing_with_the_memory_cache()
    {
        using ServiceProvider kept = new ServiceCollection().AddDistributedMemoryCache().AddFastCacheDistributedCache().BuildServiceProvider();
        using ServiceProvider replaced = new ServiceCollection()
            .AddDistributedMemoryCache().AddFastCacheDistributedCache(replace: true).AddFastCacheMemoryCache().BuildServiceProvider();

        IDistributedCache distributed = replaced.GetRequiredService<IDistributedCache>();
        IMemoryCache memory = replaced.GetRequiredService<IMemoryCache>();
        memory.Set("key", "123");
        distributed.Set("key", [1, 2, 3]);

        Assert.IsNotType<FastCacheDistributedCache>(kept.GetRequiredService<IDistributedCache>());
        Assert.IsType<FastCacheDistributedCache>(Assert.Single(replaced.GetServices<IDistributedCache>()));
        Assert.Equal("123", memory.Get("key"));
        Assert.Equal([1, 2, 3], distributed.Get("key"));
    }

    [Fact]
    public void Facades_have_names_of_their_own_and_can_be_keyed()
    {
        using ServiceProvider provider = Configured.Services(
                ("FastCache:Caches:memory:Capacity", "2"),
                ("FastCache:Caches:sessions:KeyPrefix", "s:"),
                ("FastCache:Caches:pages:Enabled", "false"))
            .AddFastCacheMemoryCache()
            .AddFastCacheMemoryCache("pages")
            .AddFastCacheDistributedCache("sessions")
            .BuildServiceProvider();

        IMemoryCache memory = provider.GetRequiredService<IMemoryCache>();
        IMemoryCache pages = provider.GetRequiredKeyedService<IMemoryCache>("pages");
        for (int i = 0; i < 5; i++)
        {
            memory.Set(i, i);
            pages.Set(i, i);
        }

        Assert.Equal(2, ((FastCacheMemoryCache)memory).Count);
        Assert.Equal(0, ((FastCacheMemoryCache)pages).Count);
        Assert.IsType<FastCacheDistributedCache>(provider.GetRequiredKeyedService<IDistributedCache>("sessions"));
        Assert.Null(provider.GetService<IDistributedCache>());
    }

    [Fact]
    public async Task A_cache_that_is_switched_off_keeps_nothing_and_opens_no_log()
    {
        string directory = Path.Combine(Path.GetTempPath(), $"fastcache-off-{Environment.ProcessId}");
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Services.AddFastCache(options => (options.Enabled, options.PersistenceDirectory) = (false, directory)).AddFastCacheDistributedCache();
        using IHost host = builder.Build();
        await host.StartAsync();

        IDistributedCache cache = host.Services.GetRequiredService<IDistributedCache>();
        cache.Set("key", [1]);
        await cache.SetAsync("key", [1]);
        cache.Refresh("key");
        cache.Remove("other");

        Assert.Null(cache.Get("key"));
        await host.StopAsync();
        Assert.False(Directory.Exists(directory));
    }

    [Fact]
    public void Adding_twice_adds_once_and_the_same_services_are_given_back()
    {
        var services = new ServiceCollection();

        Assert.Same(services, services.AddFastCache());
        Assert.Same(services, services.AddFastCache(static _ => { }));
        Assert.Same(services, services.AddFastCache("name"));
        Assert.Same(services, services.AddFastCache<int, int>());
        Assert.Same(services, services.AddFastCache<int, int>("name"));
        Assert.Same(services, services.AddFastCacheMemoryCache());
        Assert.Same(services, services.AddFastCacheMemoryCache());
        Assert.Same(services, services.AddFastCacheDistributedCache());
        Assert.Same(services, services.AddFastCacheDistributedCache("name"));

        Assert.Single(services, static service => service.ServiceType == typeof(IHostedService));
        Assert.Single(services, static service => service.ServiceType == typeof(IFastCacheProvider));
        Assert.Single(services, static service => service.ServiceType == typeof(IMemoryCache));
        Assert.Throws<ArgumentNullException>("services", () => default(IServiceCollection)!.AddFastCache());
        Assert.Throws<ArgumentNullException>("name", () => services.AddFastCache(name: null!));
    }

    private sealed class Consumer([FromKeyedServices("small")] Cache<string, int> small, [FromKeyedServices("large")] Cache<string, int> large)
    {
        public Cache<string, int> Small => small;

        public Cache<string, int> Large => large;
    }

    private sealed class OwnMeters : IMeterFactory
    {
        public List<Meter> Created { get; } = [];

        public Meter Create(MeterOptions options)
        {
            var meter = new Meter(options);
            Created.Add(meter);
            return meter;
        }

        public void Dispose() => Created.ForEach(static meter => meter.Dispose());
    }
}
