using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Loading;

/// <summary>Loads and invalidations by another form of the key.</summary>
public sealed class AlternateKeyLoadTests
{
    private readonly Cache<string, string> _cache = TestCache.Of<string, string>(100);

    [Fact]
    public async Task A_removal_by_span_invalidates_a_load_that_is_under_way()
    {
        var source = new TaskCompletionSource<string>();
        Task<string> load = _cache.GetOrAddAsync("key", (_, _) => source.Task).AsTask();

        Assert.False(Remove("a key"));
        source.SetResult("old");

        Assert.Equal("old", await load);
        Assert.False(_cache.ContainsKey("key"));
    }

    [Fact]
    public async Task A_load_by_span_joins_one_by_string()
    {
        var source = new TaskCompletionSource<string>();
        Task<string> first = _cache.GetOrAddAsync("key", (_, _) => source.Task).AsTask();
        Task<string> second = Load("a key");

        source.SetResult("value");

        Assert.Equal("value", await first);
        Assert.Equal("value", await second);
        Assert.Equal("value", await Load("a key"));
    }

    private bool Remove(string text) => _cache.GetAlternateLookup<ReadOnlySpan<char>>().TryRemove(text.AsSpan(2));

    private Task<string> Load(string text)
        => _cache.GetAlternateLookup<ReadOnlySpan<char>>()
            .GetOrAddAsync(text.AsSpan(2), static (_, _) => throw new InvalidOperationException("A second factory."))
            .AsTask();
}
