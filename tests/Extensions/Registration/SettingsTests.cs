using FastCache.Extensions;
using FastCache.Persistence;
using FastCache.Tests.Extensions.TestTypes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Xunit;

namespace FastCache.Tests.Extensions.Registration;

public sealed class SettingsTests
{
    [Fact]
    public void Without_a_configuration_the_defaults_count()
    {
        FastCacheOptions options = Get(new ServiceCollection().AddFastCache(), "any");

        Assert.True(options.Enabled);
        Assert.False(options.LogKeys);
        Assert.Empty(options.Policies);
        Assert.True(options.TrackStatistics);
        Assert.Equal(100_000, options.Capacity);
        Assert.Null(options.SizeLimit);
        Assert.Null(options.DefaultExpiration);
        Assert.Null(options.PersistenceDirectory);
        Assert.Equal("", options.KeyPrefix);
        Assert.Equal(EvictionPolicy.Frecency, options.EvictionPolicy);
    }

    [Fact]
    public void Every_setting_can_stand_in_the_configuration()
    {
        FastCacheOptions options = Get(
            Configured.Services(
                ("FastCache:Enabled", "false"),
                ("FastCache:Capacity", "7"),
                ("FastCache:SizeLimitMegabytes", "64"),
                ("FastCache:MaxEntrySize", "1000"),
                ("FastCache:DefaultExpiration", "00:05:00"),
                ("FastCache:DefaultSlidingExpiration", "1.00:00:00"),
                ("FastCache:ExpirationJitter", "00:00:10"),
                ("FastCache:PreciseExpiration", "true"),
                ("FastCache:KeyPrefix", "app:"),
                ("FastCache:LogKeys", "true"),
                ("FastCache:Policies:document:Expiration", "1.00:00:00"),
                ("FastCache:EvictionPolicy", "Lru"),
                ("FastCache:TrackStatistics", "false"),
                ("FastCache:PersistenceDirectory", "/data/cache"),
                ("FastCache:PersistenceDurability", "EveryWrite"),
                ("FastCache:MaxLogMegabytes", "512")).AddFastCache(),
            "");

        Assert.False(options.Enabled);
        Assert.Equal(7, options.Capacity);
        Assert.Equal(64, options.SizeLimitMegabytes);
        Assert.Equal(1_000, options.MaxEntrySize);
        Assert.Equal(TimeSpan.FromMinutes(5), options.DefaultExpiration);
        Assert.Equal(TimeSpan.FromDays(1), options.DefaultSlidingExpiration);
        Assert.Equal(TimeSpan.FromSeconds(10), options.ExpirationJitter);
        Assert.True(options.PreciseExpiration);
        Assert.Equal("app:", options.KeyPrefix);
        Assert.True(options.LogKeys);
        Assert.Equal(TimeSpan.FromDays(1), Assert.Single(options.Policies).Value.Expiration);
        Assert.Equal(EvictionPolicy.Lru, options.EvictionPolicy);
        Assert.False(options.TrackStatistics);
        Assert.Equal("/data/cache", options.PersistenceDirectory);
        Assert.Equal(LogDurability.EveryWrite, options.PersistenceDurability);
        Assert.Equal(512, options.MaxLogMegabytes);
        Assert.Equal(18, typeof(FastCacheOptions).GetProperties().Length); // Those of a hybrid cache are tested there.
        Assert.Equal(9, Get(Configured.Services(("FastCache:SizeLimit", "9")).AddFastCache(), "").SizeLimit);
    }

    [Fact]
    public void What_is_said_of_a_name_comes_after_what_is_said_of_all()
    {
        IServiceCollection services = Configured.Services(
            ("FastCache:Capacity", "10"),
            ("FastCache:KeyPrefix", "all:"),
            ("FastCache:Caches:sessions:Capacity", "20")).AddFastCache();

        Assert.Equal(20, Get(services, "sessions").Capacity);
        Assert.Equal("all:", Get(services, "sessions").KeyPrefix);
        Assert.Equal(10, Get(services, "others").Capacity);
        Assert.Equal(10, Get(services, "").Capacity);
    }

    [Fact]
    public void Code_has_the_last_word_and_of_a_name_the_very_last()
    {
        IServiceCollection services = Configured.Services(("FastCache:Capacity", "10"), ("FastCache:Caches:sessions:KeyPrefix", "s:"))
            .AddFastCache("sessions", static options => options.Capacity += 1)
            .AddFastCache(static options => options.TrackStatistics = false);

        FastCacheOptions sessions = Get(services, "sessions");

        Assert.Equal((11, "s:", false), (sessions.Capacity, sessions.KeyPrefix, sessions.TrackStatistics));
        Assert.Equal((10, "", false), (Get(services, "").Capacity, Get(services, "").KeyPrefix, Get(services, "").TrackStatistics));
    }

    [Fact]
    public void Another_section_can_be_bound()
    {
        IConfiguration configuration = Configured.Of(("Cache:Capacity", "5"), ("Sessions:Capacity", "6"));
        IServiceCollection services = new ServiceCollection()
            .AddFastCache(configuration.GetSection("Cache"))
            .AddFastCache("sessions", configuration.GetSection("Sessions"));

        Assert.Equal(5, Get(services, "").Capacity);
        Assert.Equal(5, Get(services, "others").Capacity);
        Assert.Equal(6, Get(services, "sessions").Capacity);
    }

    [Fact]
    public void Environment_variables_are_configuration()
    {
        const string Variable = "FASTCACHE_TEST_FastCache__Caches__orders__Capacity";
        Environment.SetEnvironmentVariable(Variable, "77");
        try
        {
            IConfiguration configuration = new ConfigurationBuilder().AddEnvironmentVariables("FASTCACHE_TEST_").Build();

            Assert.Equal(77, Get(new ServiceCollection().AddSingleton(configuration).AddFastCache(), "orders").Capacity);
        }
        finally
        {
            Environment.SetEnvironmentVariable(Variable, null);
        }
    }

    [Fact]
    public void A_value_that_cannot_be_read_is_named()
    {
        IServiceCollection services = Configured.Services(("FastCache:Capacity", "many")).AddFastCache();

        Assert.Contains("FastCache:Capacity", Assert.Throws<InvalidOperationException>(() => Get(services, "")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_fault_is_named_with_the_cache_that_has_it()
    {
        IServiceCollection services = new ServiceCollection().AddFastCache("orders", static options =>
        {
            options.Capacity = 0;
            options.SizeLimit = 0;
            options.SizeLimitMegabytes = -1;
            options.MaxEntrySize = 5;
            options.DefaultExpiration = TimeSpan.Zero;
            options.DefaultSlidingExpiration = TimeSpan.FromTicks(-1);
            options.ExpirationJitter = TimeSpan.FromTicks(-1);
            options.Policies[" "] = new FastCacheEntryPolicy { Expiration = TimeSpan.FromDays(1) };
            options.Policies["a:b"] = new FastCacheEntryPolicy { SlidingExpiration = TimeSpan.FromDays(1) };
            options.Policies["silent"] = new FastCacheEntryPolicy();
            options.Policies["absent"] = null!;
            options.Policies["document"] = new FastCacheEntryPolicy { Expiration = TimeSpan.Zero, SlidingExpiration = TimeSpan.FromTicks(-1) };
            options.EvictionPolicy = (EvictionPolicy)9;
            options.KeyPrefix = null!;
            options.PersistenceDirectory = " ";
            options.PersistenceDurability = (LogDurability)9;
            options.MaxLogMegabytes = 255;
        });

        string[] faults = [.. Assert.Throws<OptionsValidationException>(() => Get(services, "orders")).Failures];

        Assert.Equal(
        [
            "Capacity is 0", "SizeLimit is 0", "SizeLimitMegabytes is -1", "SizeLimit and SizeLimitMegabytes", "MaxEntrySize is 5",
            "DefaultExpiration is", "DefaultSlidingExpiration is", "ExpirationJitter is",
            "Policies has the name ' '", "Policies has the name 'a:b'", "Policies 'silent' says nothing", "Policies 'absent' says nothing",
            "Policies 'document' has an Expiration of 00:00:00;", "Policies 'document' has a SlidingExpiration of -00:00:00.0000001;", "EvictionPolicy is 9", "KeyPrefix is null",
            "PersistenceDirectory is empty", "PersistenceDurability is 9", "MaxLogMegabytes is 255",
        ], faults.Select(static fault => fault["FastCache 'orders': ".Length..]), static (start, fault) => fault.StartsWith(start, StringComparison.Ordinal));
        Assert.All(faults, static fault => Assert.StartsWith("FastCache 'orders': ", fault, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("a/b", false)]
    [InlineData("a\\b", false)]
    [InlineData("..", false)]
    [InlineData(".", false)]
    [InlineData("a\0b", false)]
    [InlineData("tenant 7.x", true)]
    public void The_name_of_a_cache_with_a_log_must_be_that_of_a_directory(string name, bool isValid)
    {
        IServiceCollection services = new ServiceCollection().AddFastCache(static options => options.PersistenceDirectory = "/data");

        if (isValid)
        {
            Get(services, name);
        }
        else
        {
            Assert.Throws<OptionsValidationException>(() => Get(services, name));
        }

        Get(new ServiceCollection().AddFastCache(), name);
    }

    private static FastCacheOptions Get(IServiceCollection services, string name)
    {
        using ServiceProvider provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IOptionsMonitor<FastCacheOptions>>().Get(name);
    }
}
