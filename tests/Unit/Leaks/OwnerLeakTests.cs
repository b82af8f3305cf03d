using System.Runtime.CompilerServices;
using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Leaks;

/// <summary>
/// Gate: nothing that outlives a cache keeps it alive, or what the application gave to it: not the clock, a token, the process's meter.
/// </summary>
public sealed class OwnerLeakTests
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(1);
    private readonly ManualTimeProvider _time = new();

    [Theory(Timeout = Wait.Watchdog)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_cache_and_all_that_it_was_given_can_be_collected(bool isDisposed)
    {
        await Wait.LeaveRunner();

        List<WeakReference> gone = MakeAndForget(isDisposed);

        // The provider lives on, with the clock that it has: time need not pass for a cache to be forgotten.
        Garbage.AwaitCollection(gone);
        _time.Advance(2 * ExpiringCache.Tick);
        Assert.Equal(0, _time.ActiveTimers);
    }

    [Theory(Timeout = Wait.Watchdog)]
    [InlineData("succeeds")]
    [InlineData("is joined")]
    [InlineData("fails")]
    [InlineData("is abandoned")]
    [InlineData("takes too long")]
    [InlineData("refreshes")]
    public async Task What_a_load_was_given_can_be_collected_when_it_is_over(string how)
    {
        await Wait.LeaveRunner();
        using Cache<int, string> cache = ExpiringCache.Of<int, string>(_time);
        using var tokens = new CancellationTokenSource();

        List<WeakReference> gone = await LoadAsync(cache, how, tokens);

        // The frames of what has just completed are still on this stack.
        await Wait.LeaveRunner();
        Wait.Until(() => cache.LoadsInProgress == 0);
        Garbage.AwaitCollection(gone);
        GC.KeepAlive(cache);
        GC.KeepAlive(tokens);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private List<WeakReference> MakeAndForget(bool isDisposed)
    {
        object ofListener = new();
        object ofWeigher = new();
        int told = 0;
        var expiry = new ScriptedReadExpiry<int, object>();
        var comparer = new ScriptedComparer<int>();
        var logger = new ListedLogger();
        var options = new CacheOptions<int, object>
        {
            WeightLimit = 100,
            Weigher = (_, _) => ofWeigher.GetHashCode() == 0 ? 1 : 2,
            RemovalListener = (_, _, _) => told += ofListener.GetHashCode() == 0 ? 1 : 2,
            Expiry = expiry,
            Comparer = comparer,
            LoggerFactory = logger,
            TimeProvider = _time,
            CountRequests = true,
            Name = nameof(OwnerLeakTests),
        };

        // Not disposed, on purpose, in one of two cases.
#pragma warning disable CA2000
        var cache = new Cache<int, object>(options);
#pragma warning restore CA2000
        object value = new();
        cache.Set(1, value);
        cache.Set(2, value);
        cache.TryRemove(2);
        cache.TryGet(1, out _);
        Wait.Until(() => Volatile.Read(ref told) > 0);
        if (isDisposed)
        {
            cache.Dispose();
        }

        return
        [
            .. new[] { cache, value, ofListener, ofWeigher, expiry, comparer, logger, options }.Select(static part => new WeakReference(part)),
        ];
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private async Task<List<WeakReference>> LoadAsync(Cache<int, string> cache, string how, CancellationTokenSource tokens)
    {
        object ofFactory = new();
        object state = new();
        LoadContext<int, string>? context = null;
        var source = new ScriptedSource<string>();
        var options = new LoadOptions { HardTimeout = Life, EagerRefreshThreshold = 0.5, Entry = ExpiringCache.For(Life) };
        using CancellationTokenSource caller = CancellationTokenSource.CreateLinkedTokenSource(tokens.Token);
        if (how == "refreshes")
        {
            await cache.GetOrAddAsync(1, static _ => new ValueTask<string>("old"), options);
            _time.AdvanceAtOnce(0.75 * Life);
        }

        // In one case nobody but the caller's token knows of the load in the end, in the others one that lives on.
        Task<string> load = Load(how == "is abandoned" ? caller.Token : tokens.Token);
        Task<string> other = how == "is joined" ? Load(tokens.Token) : Task.FromResult("other");
        source.AwaitCalls(1);
        switch (how)
        {
            case "fails":
                source.Fail(new InvalidDataException());
                await Assert.ThrowsAsync<InvalidDataException>(() => load);
                break;
            case "is abandoned":
                await caller.CancelAsync();
                await Assert.ThrowsAnyAsync<OperationCanceledException>(() => load);
                source.Answer("late");
                break;
            case "takes too long":
                _time.Advance(2 * Life);
                await Assert.ThrowsAsync<TimeoutException>(() => load);
                source.Answer("late");
                break;
            default:
                source.Answer("value");
                Assert.Equal(how == "refreshes" ? "old" : "value", await load);
                await other;
                break;
        }

        return [new WeakReference(ofFactory), new WeakReference(state), new WeakReference(context), new WeakReference(source)];

        Task<string> Load(CancellationToken token)
            => cache.GetOrAddAsync(
                1,
                async (made, _) =>
                {
                    context = made;
                    return await source.Ask(made.CancellationToken) + (ofFactory.GetHashCode() == 0 ? "!" : "");
                },
                state,
                options,
                token).AsTask();
    }
}
