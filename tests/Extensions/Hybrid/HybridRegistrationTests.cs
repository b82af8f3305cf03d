using FastCache.Extensions;
using FastCache.Tests.Extensions.TestTypes;
using FastCache.Tests.Persistence.Storage;
using FastCache.Tests.Unit.TestTypes;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Xunit;

namespace FastCache.Tests.Extensions.Hybrid;

public sealed class HybridRegistrationTests
{
    private static readonly ManualTimeProvider Time = new();

    [Fact]
    public async Task There_is_one_in_the_container_called_hybrid()
    {
        await using ServiceProvider provider = new ServiceCollection().AddFastCacheHybridCache().AddFastCacheHybridCache().BuildServiceProvider();

        HybridCache cache = provider.GetRequiredService<HybridCache>();

        Assert.Same(cache, provider.GetRequiredService<HybridCache>());
        Assert.Same(cache, provider.GetRequiredService<IFastCacheProvider>().GetHybridCache("hybrid"));
        Assert.Single(provider.GetServices<HybridCache>());
        Assert.Equal("value", await cache.GetOrCreateAsync("key", static _ => new ValueTask<string>("value")));
        Assert.Equal("value", await cache.GetOrCreateAsync("key", static _ => new ValueTask<string>("other")));
    }

    [Fact]
    public async Task One_that_was_registered_stays_unless_it_is_to_be_replaced()
    {
        using var own = new FastCacheHybridCache(new FastCacheOptions());
        await using ServiceProvider kept = new ServiceCollection().AddSingleton<HybridCache>(own).AddFastCacheHybridCache().BuildServiceProvider();
        await using ServiceProvider replaced
            = new ServiceCollection().AddSingleton<HybridCache>(own).AddFastCacheHybridCache(replace: true).BuildServiceProvider();

        Assert.Same(own, kept.GetRequiredService<HybridCache>());
        Assert.NotSame(own, Assert.Single(replaced.GetServices<HybridCache>()));
    }

    [Fact]
    public async Task Named_ones_are_keyed_and_share_nothing_in_the_process()
    {
        await using ServiceProvider provider = new ServiceCollection()
            .AddFastCacheHybridCache("one").AddFastCacheHybridCache("two").AddFastCacheHybridCache().BuildServiceProvider();
        HybridCache one = provider.GetRequiredKeyedService<HybridCache>("one");
        HybridCache two = provider.GetRequiredKeyedService<HybridCache>("two");

        await one.SetAsync("key", 1);

        Assert.Equal(2, await two.GetOrCreateAsync("key", static _ => new ValueTask<int>(2)));
        Assert.Equal(3, await provider.GetRequiredService<HybridCache>().GetOrCreateAsync("key", static _ => new ValueTask<int>(3)));
        Assert.Same(one, provider.GetRequiredService<IFastCacheProvider>().GetHybridCache("one"));
    }

    [Fact]
    public async Task The_containers_distributed_cache_is_the_second_level()
    {
        var second = new ScriptedSecondLevel(Time);
        await using ServiceProvider provider = new ServiceCollection()
            .AddSingleton<TimeProvider>(Time).AddSingleton<IDistributedCache>(second).AddFastCacheHybridCache().BuildServiceProvider();

        await provider.GetRequiredService<HybridCache>().SetAsync("key", 1);

        Assert.Equal(["key"], second.Keys);
    }

    [Fact]
    public async Task One_that_is_only_memory_of_this_process_is_of_no_use_but_one_with_a_log_is()
    {
        using var directory = new TemporaryDirectory();
        await using ServiceProvider memory = new ServiceCollection().AddDistributedMemoryCache().AddFastCacheHybridCache().BuildServiceProvider();
        await using ServiceProvider own = new ServiceCollection().AddFastCacheDistributedCache().AddFastCacheHybridCache().BuildServiceProvider();
        IServiceCollection Logged() => new ServiceCollection()
            .AddFastCacheDistributedCache(options => options.PersistenceDirectory = directory.Path).AddFastCacheHybridCache();
        foreach (ServiceProvider provider in new[] { memory, own })
        {
            await provider.GetRequiredService<HybridCache>().SetAsync("key", 1);
            Assert.Null(await provider.GetRequiredService<IDistributedCache>().GetAsync("key"));
        }

        await using (ServiceProvider logged = Logged().BuildServiceProvider())
        {
            await logged.GetRequiredService<HybridCache>().SetAsync("key", 1);
            Assert.NotNull(await logged.GetRequiredService<IDistributedCache>().GetAsync("key"));
        }

        await using ServiceProvider restarted = Logged().BuildServiceProvider();
        Wait.Until(() => restarted.GetRequiredService<IDistributedCache>().Get("key") is not null);
        Assert.Equal(1, await restarted.GetRequiredService<HybridCache>().GetOrCreateAsync("key", static _ => new ValueTask<int>(2)));
    }

    [Fact]
    public async Task What_is_derived_from_the_platforms_memory_may_be_more()
    {
        var derived = new DerivedMemory();
        await using ServiceProvider provider
            = new ServiceCollection().AddSingleton<IDistributedCache>(derived).AddFastCacheHybridCache().BuildServiceProvider();

        await provider.GetRequiredService<HybridCache>().SetAsync("key", 1);

        Assert.NotNull(await derived.GetAsync("key"));
    }

    [Fact]
    public async Task The_second_level_can_be_one_with_a_name()
    {
        var nameless = new ScriptedSecondLevel(Time);
        var named = new ScriptedSecondLevel(Time);
        await using ServiceProvider provider = Configured.Services(("FastCache:Caches:hybrid:Hybrid:SecondLevelName", "shared"))
            .AddSingleton<TimeProvider>(Time)
            .AddSingleton<IDistributedCache>(nameless)
            .AddKeyedSingleton<IDistributedCache>("shared", named)
            .AddFastCacheHybridCache()
            .AddFastCacheHybridCache("lost", static options => options.Hybrid.SecondLevelName = "nowhere")
            .BuildServiceProvider();

        await provider.GetRequiredService<HybridCache>().SetAsync("key", 1);

        Assert.Equal((0, 1), (nameless.Writes, named.Writes));
        Assert.Throws<InvalidOperationException>(() => provider.GetRequiredKeyedService<HybridCache>("lost"));
    }

    [Fact]
    public async Task Settings_are_read_from_the_configuration()
    {
        await using ServiceProvider provider = Configured.Services(
            ("FastCache:Caches:hybrid:Hybrid:DefaultLocalExpiration", "00:01:00"),
            ("FastCache:Caches:hybrid:Hybrid:DefaultFlags", "DisableLocalCacheRead, DisableCompression"),
            ("FastCache:Caches:hybrid:Hybrid:MaximumKeyLength", "5"),
            ("FastCache:Caches:hybrid:Hybrid:MaximumPayloadBytes", "6"),
            ("FastCache:Caches:hybrid:Hybrid:SecondLevelReadTimeout", "00:00:07"),
            ("FastCache:Caches:hybrid:Hybrid:TagRefreshInterval", "00:00:08")).AddFastCacheHybridCache().BuildServiceProvider();

        FastCacheHybridOptions options = provider.GetRequiredService<IOptionsMonitor<FastCacheOptions>>().Get("hybrid").Hybrid;

        Assert.Equal(TimeSpan.FromMinutes(1), options.DefaultLocalExpiration);
        Assert.Equal(HybridCacheEntryFlags.DisableLocalCacheRead | HybridCacheEntryFlags.DisableCompression, options.DefaultFlags);
        Assert.Equal((5, 6), (options.MaximumKeyLength, options.MaximumPayloadBytes));
        Assert.Equal((TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(8)), (options.SecondLevelReadTimeout!.Value, options.TagRefreshInterval));
    }

    [Fact]
    public async Task A_host_does_not_start_with_wrong_settings_and_says_all_that_is_wrong()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddFastCacheHybridCache(static options =>
        {
            options.Hybrid.DefaultLocalExpiration = TimeSpan.Zero;
            options.Hybrid.DefaultFlags = (HybridCacheEntryFlags)1_024;
            options.Hybrid.MaximumKeyLength = 0;
            options.Hybrid.MaximumPayloadBytes = 0;
            options.Hybrid.SecondLevelName = " ";
            options.Hybrid.SecondLevelReadTimeout = TimeSpan.Zero;
            options.Hybrid.TagRefreshInterval = TimeSpan.Zero;
        });
        using IHost host = builder.Build();

        string[] faults = [.. (await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync())).Failures];

        Assert.Equal(
        [
            "DefaultLocalExpiration is", "DefaultFlags is", "MaximumKeyLength is", "MaximumPayloadBytes is", "SecondLevelName is",
            "SecondLevelReadTimeout is", "TagRefreshInterval is",
        ], faults.Select(static fault => fault["FastCache 'hybrid': Hybrid.".Length..]), static (start, fault) => fault.StartsWith(start, StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_that_is_switched_off_always_calls_the_factory()
    {
        var second = new ScriptedSecondLevel(Time);
        await using var test = new TestHybridCache(second, configure: static options => options.Enabled = false);

        await test.Cache.SetAsync("key", 0);
        Assert.Equal((1, 2), (await test.GetAsync("key", 1), await test.GetAsync("key", 2)));
        Assert.Equal(0, await test.FindAsync<int>("key", TestHybridCache.With(HybridCacheEntryFlags.DisableUnderlyingData)));
        await test.Cache.RemoveAsync("key");
        await test.Cache.RemoveByTagAsync("tag");

        Assert.Equal((0, 0, 0), (second.Reads, second.Writes, second.Removals));
    }

    [Fact]
    public async Task The_container_disposes_of_it()
    {
        ServiceProvider provider = new ServiceCollection().AddFastCacheHybridCache().BuildServiceProvider();
        HybridCache cache = provider.GetRequiredService<HybridCache>();
        await cache.SetAsync("key", 1);

        await provider.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await cache.SetAsync("key", 2));
        Assert.Throws<ArgumentNullException>(static () => new FastCacheHybridCache(null!));
    }

    private sealed class DerivedMemory() : MemoryDistributedCache(Options.Create(new MemoryDistributedCacheOptions()));
}
