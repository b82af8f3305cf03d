using FastCache.Tests.Extensions.TestTypes;
using Microsoft.Extensions.Caching.Hybrid;
using Xunit;

namespace FastCache.Tests.Extensions.Hybrid;

public sealed class FlagTests : IAsyncDisposable
{
    private const HybridCacheEntryFlags LocalOnly = HybridCacheEntryFlags.DisableDistributedCache | HybridCacheEntryFlags.DisableUnderlyingData;

    private readonly TestHybridCache _test;
    private readonly ScriptedSecondLevel _second;

    public FlagTests() => (_test, _second) = TestHybridCache.WithSecond();

    public ValueTask DisposeAsync() => _test.DisposeAsync();

    [Fact]
    public async Task Without_local_reads_the_value_comes_from_the_second_level_or_the_factory_and_is_kept_here()
    {
        await _test.Cache.SetAsync("key", 1, With(HybridCacheEntryFlags.DisableDistributedCache));

        Assert.Equal(2, await _test.GetAsync("key", 2, With(HybridCacheEntryFlags.DisableLocalCacheRead)));
        Assert.Equal(2, await _test.GetAsync("key", 3, With(HybridCacheEntryFlags.DisableLocalCacheRead)));
        Assert.Equal(2, await LocalAsync("key"));
    }

    [Fact]
    public async Task Without_local_writes_nothing_is_kept_here()
    {
        Assert.Equal(1, await _test.GetAsync("made", 1, With(HybridCacheEntryFlags.DisableLocalCacheWrite)));
        await _test.Cache.SetAsync("set", 1, With(HybridCacheEntryFlags.DisableLocalCacheWrite));

        Assert.Equal((0, 0), (await LocalAsync("made"), await LocalAsync("set")));
        Assert.Equal(1, await _test.GetAsync("made", 2, With(HybridCacheEntryFlags.DisableLocalCacheWrite)));
        Assert.Equal((0, 0), (await LocalAsync("made"), await LocalAsync("set")));
        Assert.Equal((1, 1), (await _test.FindAsync<int>("made"), await _test.FindAsync<int>("set")));
    }

    [Fact]
    public async Task What_is_set_without_a_local_write_takes_away_the_older_local_copy()
    {
        await _test.Cache.SetAsync("key", 1);

        await _test.Cache.SetAsync("key", 2, With(HybridCacheEntryFlags.DisableLocalCacheWrite));

        Assert.Equal(2, await _test.FindAsync<int>("key"));
    }

    [Fact]
    public async Task Without_reads_of_the_second_level_the_factory_is_called_and_its_value_replaces_that_one()
    {
        await _test.Cache.SetAsync("key", 1, With(HybridCacheEntryFlags.DisableLocalCacheWrite));
        int reads = _second.Reads;

        Assert.Equal(2, await _test.GetAsync("key", 2, With(HybridCacheEntryFlags.DisableDistributedCacheRead)));

        Assert.Equal(reads, _second.Reads);
        await using var other = new TestHybridCache(_second, _test.Time);
        Assert.Equal(2, await other.FindAsync<int>("key"));
    }

    [Fact]
    public async Task Without_writes_of_the_second_level_it_is_left_as_it_is()
    {
        await _test.GetAsync("made", 1, With(HybridCacheEntryFlags.DisableDistributedCacheWrite));
        await _test.Cache.SetAsync("set", 1, With(HybridCacheEntryFlags.DisableDistributedCacheWrite));

        Assert.Equal(0, _second.Writes);
        Assert.Equal((1, 1), (await LocalAsync("made"), await LocalAsync("set")));
    }

    [Fact]
    public async Task A_call_that_only_looks_finds_what_is_in_either_level_and_makes_nothing_up()
    {
        await _test.Cache.SetAsync("here", 1, With(HybridCacheEntryFlags.DisableDistributedCache));
        await _test.Cache.SetAsync("there", 2, With(HybridCacheEntryFlags.DisableLocalCacheWrite));
        HybridCacheEntryOptions looking = With(HybridCacheEntryFlags.DisableUnderlyingData);

        Assert.Equal(1, await _test.FindAsync<int>("here", looking));
        Assert.Equal(2, await _test.FindAsync<int>("there", looking));
        Assert.Equal(0, await _test.FindAsync<int>("nowhere", looking));
        Assert.Equal(2, await LocalAsync("there"));
        Assert.Equal(3, await _test.GetAsync("nowhere", 3));
    }

    [Fact]
    public async Task Compression_can_be_declined_as_there_is_none()
    {
        await _test.GetAsync("key", "value", With(HybridCacheEntryFlags.DisableCompression));

        Assert.Equal("value", await _test.FindAsync<string>("key"));
    }

    [Fact]
    public async Task Settings_say_what_calls_do_that_have_no_flags_of_their_own()
    {
        (TestHybridCache test, ScriptedSecondLevel second) = TestHybridCache.WithSecond(
            static options => options.Hybrid.DefaultFlags = HybridCacheEntryFlags.DisableDistributedCache);
        await using (test)
        {
            await test.GetAsync("key", 1);
            await test.GetAsync("key2", 1, new HybridCacheEntryOptions { Expiration = TestHybridCache.Minute });
            Assert.Equal((0, 0), (second.Reads, second.Writes));

            await test.GetAsync("key3", 1, With(HybridCacheEntryFlags.None));
            Assert.Equal(["key3"], second.Keys);
        }
    }

    private static HybridCacheEntryOptions With(HybridCacheEntryFlags flags) => TestHybridCache.With(flags);

    private ValueTask<int> LocalAsync(string key) => _test.FindAsync<int>(key, With(LocalOnly));
}
