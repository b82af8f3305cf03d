using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Loading;

/// <summary>An entry that is refreshed is written inside turns only, so that a write is noticed by the load.</summary>
public class LoadGuardTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(5000)]
    public async Task A_write_of_an_entry_that_is_refreshed_wins_even_if_the_table_has_grown(int others)
    {
        var time = new ManualTimeProvider();
        var source = new TaskCompletionSource<int>();
        var started = new TaskCompletionSource();
        await using Cache<int, int> cache = ExpiringCache.Of<int, int>(
            time,
            options =>
            {
                options.ExpireAfterWrite = TimeSpan.FromMinutes(1);
                options.Loading = new LoadOptions { EagerRefreshThreshold = 0.5 };
            },
            capacity: 10_000);
        cache.Set(1, 1);
        time.Advance(TimeSpan.FromSeconds(40));
        Assert.Equal(1, await cache.GetOrAddAsync(1, (_, _) =>
        {
            started.SetResult();
            return new ValueTask<int>(source.Task);
        }));
        await started.Task;
        cache.SetMany(Enumerable.Range(2, others).Select(static key => KeyValuePair.Create(key, 0)));

        cache.Set(1, 2);
        source.SetResult(3);
        await Task.Run(() => Wait.Until(() => cache.LoadsInProgress == 0));

        Assert.True(cache.TryGet(1, out int value));
        Assert.Equal(2, value);
        cache.AssertConsistent();
    }
}
