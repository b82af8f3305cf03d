using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Loading;

/// <summary>A factory gets the state that its caller has handed over, and so needs no closure.</summary>
public sealed class FactoryStateTests : IDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private readonly ManualTimeProvider _time = new();
    private readonly Cache<int, string> _cache;

    public FactoryStateTests() => _cache = ExpiringCache.Of<int, string>(_time);

    public void Dispose() => _cache.Dispose();

    [Fact]
    public async Task An_asynchronous_factory_gets_key_state_and_a_token()
    {
        using var cancellation = new CancellationTokenSource();

        string made = await _cache.GetOrAddAsync(
            1, static (key, state, token) => new ValueTask<string>($"{state} {key}, {token.CanBeCanceled}"), "state", cancellation.Token);
        string found = await _cache.GetOrAddAsync(
            1, static (_, _, _) => throw new InvalidDataException("The key is there."), "other", cancellation.Token);

        Assert.Equal("state 1, True", made);
        Assert.Equal(made, found);
    }

    [Fact]
    public void Options_say_how_long_the_result_for_a_state_is_kept()
    {
        string made = _cache.GetOrAdd(1, static (key, state) => $"{state} {key}", "state", ExpiringCache.For(Minute));
        string found = _cache.GetOrAdd(
            1, static (_, _) => throw new InvalidDataException("The key is there."), "other", ExpiringCache.For(2 * Minute));

        Assert.Equal(("state 1", "state 1"), (made, found));
        Assert.Equal(Minute, _cache.TimeToLive(1));
        _time.Advance(Minute);
        Assert.Equal("other 1", _cache.GetOrAdd(1, static (key, state) => $"{state} {key}", "other", ExpiringCache.For(Minute)));
    }

    [Fact]
    public async Task A_factory_must_be_given()
    {
        await Assert.ThrowsAsync<ArgumentNullException>(
            "factory", () => _cache.GetOrAddAsync(1, (Func<int, string, CancellationToken, ValueTask<string>>)null!, "state").AsTask());
        Assert.Throws<ArgumentNullException>(
            "factory", () => _cache.GetOrAdd(1, (Func<int, string, string>)null!, "state", ExpiringCache.For(Minute)));
    }
}
