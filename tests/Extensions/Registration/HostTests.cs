using FastCache.Extensions;
using FastCache.Persistence;
using FastCache.Tests.Extensions.TestTypes;
using FastCache.Tests.Persistence.Storage;
using FastCache.Tests.Unit.TestTypes;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Xunit;

namespace FastCache.Tests.Extensions.Registration;

public sealed class HostTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_host_does_not_start_with_faults_and_names_those_of_every_cache()
    {
        using IHost host = Build(static services => services
            .AddFastCache("first", static options => options.Capacity = 0)
            .AddFastCacheMemoryCache("second", static options => options.DefaultExpiration = TimeSpan.Zero));

        Exception exception = await Assert.ThrowsAnyAsync<Exception>(() => host.StartAsync());

        Assert.Contains("FastCache 'first': Capacity is 0", exception.ToString(), StringComparison.Ordinal);
        Assert.Contains("FastCache 'second': DefaultExpiration is 00:00:00", exception.ToString(), StringComparison.Ordinal);
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_host_does_not_start_with_faults_in_the_options_of_a_typed_cache()
    {
        using IHost host = Build(static services => services.AddFastCache<int, int>(static options => (options.Capacity, options.InitialCapacity) = (-1, -1)));

        Assert.Equal(2, (await Assert.ThrowsAsync<CacheOptionsException>(() => host.StartAsync())).Faults.Count);
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task What_a_distributed_cache_had_is_there_after_a_restart()
    {
        foreach (int start in new[] { 1, 2 })
        {
            using IHost host = Build(AddDistributed);
            await host.StartAsync();
            IDistributedCache cache = host.Services.GetRequiredService<IDistributedCache>();
            if (start == 1)
            {
                await cache.SetAsync("key", Payload.Of(100), new DistributedCacheEntryOptions { SlidingExpiration = TimeSpan.FromDays(1) });
            }
            else
            {
                await Task.Run(() => Wait.Until(() => cache.Get("key") is not null));
                Assert.Equal(Payload.Of(100), cache.Get("key"));
            }

            await host.StopAsync();
        }

        Assert.True(Directory.Exists(_directory["distributed"]));
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_typed_cache_with_a_log_is_open_before_services_start_and_until_all_have_stopped()
    {
        using (IHost host = Build(services => AddTyped(services).AddHostedService<EarlyUser>()))
        {
            await host.StartAsync();
            await host.StopAsync();
            CacheLog<string, string> log = host.Services.GetRequiredService<IFastCacheProvider>().GetLog<string, string>("names")!;
            Assert.Throws<ObjectDisposedException>(() => log.Cache.Set("late", "no"));
        }

        using IHost again = Build(services => AddTyped(services));
        await again.StartAsync();
        RecoveryReport report = await again.Services.GetRequiredService<IFastCacheProvider>().GetLog<string, string>("names")!.Restored;
        Cache<string, string> cache = again.Services.GetRequiredKeyedService<Cache<string, string>>("names");

        Assert.True(report.WasStopped);
        Assert.Equal(2, report.Restored);
        Assert.Equal(["Starting", "Stopped"], cache.Select(static entry => entry.Key).Order());
        await again.StopAsync();
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_log_that_cannot_be_opened_keeps_the_host_from_starting()
    {
        await using CacheLog<string, byte[]> other = await CacheLog.OpenAsync(
            new CacheOptions<string, byte[]> { Capacity = 10 }, new CacheLogOptions<string, byte[]> { Directory = _directory["distributed"] });
        using IHost host = Build(AddDistributed);

        await Assert.ThrowsAsync<CacheLogException>(() => host.StartAsync());
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task Without_a_host_a_log_is_opened_at_the_first_use_tried_again_after_a_failure_and_closed_with_the_container()
    {
        await Wait.LeaveRunner();
        using (ServiceProvider provider = new ServiceCollection().AddFastCacheDistributedCache(
            options => options.PersistenceDirectory = _directory.Path).BuildServiceProvider())
        {
            await using (CacheLog<string, byte[]> other = await CacheLog.OpenAsync(
                new CacheOptions<string, byte[]> { Capacity = 10 }, new CacheLogOptions<string, byte[]> { Directory = _directory["distributed"] }))
            {
                Assert.Throws<CacheLogException>(provider.GetRequiredService<IDistributedCache>);
            }

            provider.GetRequiredService<IDistributedCache>().Set("key", [1]);
        }

        LogVerification found = await CacheLog.VerifyAsync(_directory["distributed"]);
        Assert.True(found.WasStopped);
        Assert.Equal(1, found.Entries);
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task Without_a_host_too_a_typed_cache_comes_back_with_what_its_policy_knew()
    {
        await Wait.LeaveRunner();
        List<(string Key, EvictionSegment Segment, int EntriesAhead, bool IsReferenced)> before;
        await using (ServiceProvider provider = AddTyped(new ServiceCollection()).BuildServiceProvider())
        {
            Cache<string, string> cache = provider.GetRequiredKeyedService<Cache<string, string>>("names");
            await provider.GetRequiredService<IFastCacheProvider>().GetLog<string, string>("names")!.Restored;
            for (int i = 0; i < 200; i++)
            {
                cache.Set($"{i}", "value");
                cache.TryGet($"{i % 7}", out _);
            }

            before = Standings(cache);
        }

        await using ServiceProvider again = AddTyped(new ServiceCollection()).BuildServiceProvider();
        await again.GetRequiredService<IFastCacheProvider>().GetLog<string, string>("names")!.Restored;

        Assert.Equal(before, Standings(again.GetRequiredKeyedService<Cache<string, string>>("names")));

        static List<(string Key, EvictionSegment Segment, int EntriesAhead, bool IsReferenced)> Standings(Cache<string, string> cache)
            => [.. cache.Select(entry => (entry.Key, Why: cache.Explain(entry.Key)!))
                .Select(static entry => (entry.Key, entry.Why.Segment, entry.Why.EntriesAhead, entry.Why.IsReferenced))
                .OrderBy(static entry => entry.Key, StringComparer.Ordinal)];
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_typed_cache_that_cannot_be_serialized_or_has_no_directory_is_refused_at_the_start()
    {
        using IHost noSerializer = Build(services => services
            .AddFastCache(options => options.PersistenceDirectory = _directory.Path)
            .AddFastCache<string, HostTests>("tests", configureLog: static _ => { }));
        using IHost noDirectory = Build(static services => services.AddFastCache<string, string>("names", configureLog: static _ => { }));

        await Assert.ThrowsAsync<CacheOptionsException>(() => noSerializer.StartAsync());
        await Assert.ThrowsAsync<CacheOptionsException>(() => noDirectory.StartAsync());
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task Two_caches_whose_logs_would_be_in_one_directory_are_named_before_any_log_is_opened()
    {
        using IHost sameName = Build(services => services
            .AddFastCache(options => options.PersistenceDirectory = _directory.Path)
            .AddFastCache<string, string>("names", configureLog: static _ => { })
            .AddFastCacheDistributedCache("names"));
        using IHost sameDirectory = Build(services => services
            .AddFastCache<int, string>(configureLog: options => options.Directory = _directory["shared"])
            .AddFastCache<long, string>("orders", configureLog: options => options.Directory = Path.Combine(_directory.Path, ".", "shared")));

        Assert.Equal(
            [$"The logs of Cache<String, String> 'names' and of IDistributedCache 'names' are both in {_directory["names"]}; each needs a directory of its own."],
            (await Assert.ThrowsAsync<CacheOptionsException>(() => sameName.StartAsync())).Faults);
        Assert.Equal(
            [$"The logs of Cache<Int32, String> and of Cache<Int64, String> 'orders' are both in {_directory["shared"]}; each needs a directory of its own."],
            (await Assert.ThrowsAsync<CacheOptionsException>(() => sameDirectory.StartAsync())).Faults);
        Assert.Empty(Directory.GetDirectories(_directory.Path));
    }

    [Fact(Timeout = Wait.Watchdog)]
    public async Task A_start_that_is_cancelled_ends()
    {
        using IHost host = Build(AddDistributed);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => host.StartAsync(new CancellationToken(canceled: true)));
    }

    private static IHost Build(Action<IServiceCollection> add)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(settings: null);
        add(builder.Services);
        return builder.Build();
    }

    private void AddDistributed(IServiceCollection services)
        => services.AddFastCacheDistributedCache(options => options.PersistenceDirectory = _directory.Path);

    private IServiceCollection AddTyped(IServiceCollection services)
        => services
            .AddFastCache("names", options => (options.PersistenceDirectory, options.Capacity) = (_directory.Path, 50))
            .AddFastCache<string, string>("names", configureLog: static options => options.Durability = LogDurability.None);

    /// <summary>Uses the cache as early and as late as one can.</summary>
    private sealed class EarlyUser([FromKeyedServices("names")] Cache<string, string> cache) : IHostedLifecycleService
    {
        public Task StartingAsync(CancellationToken cancellationToken) => Write("Starting");

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Write("Stopped");

        public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        private Task Write(string key)
        {
            cache.Set(key, "value");
            return Task.CompletedTask;
        }
    }
}
