using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Product;

/// <summary>What loads promise, whatever the cache.</summary>
public sealed class LoadPromises : ProductSuite
{
    public enum Invalidation
    {
        Set,
        Remove,
        Clear,
    }

    [Theory, Variants]
    public async Task A_value_is_made_once_and_then_found<TKey, TValue>(Variant<TKey, TValue> variant)
        where TKey : notnull
    {
        Cache<TKey, TValue> cache = Make(variant);
        int runs = 0;

        TValue[] values =
        [
            cache.GetOrAdd(variant.Key(0), Load),
            cache.GetOrAdd(variant.Twin(0), static (_, make) => make(), () => Load(variant.Key(0))),
            await cache.GetOrAddAsync(variant.Twin(0), (key, _) => new ValueTask<TValue>(Load(key))),
            await cache.GetOrAddAsync(variant.Twin(0), context => new ValueTask<TValue>(Load(context.Key))),
        ];

        Assert.Equal(1, runs);
        Assert.All(values, value => Assert.Equal(variant.Value(0), value));

        TValue Load(TKey key) => variant.Value(variant.NumberOf(key), runs++);
    }

    [Theory, Variants]
    public async Task Who_misses_during_a_load_waits_for_it<TKey, TValue>(Variant<TKey, TValue> variant)
        where TKey : notnull
    {
        Cache<TKey, TValue> cache = Make(variant);
        var source = new ScriptedSource<TValue>();
        Task<TValue>[] callers = [.. Enumerable.Range(0, 5).Select(_ => cache.GetOrAddAsync(variant.Twin(0), (_, token) => source.Ask(token)).AsTask())];
        Assert.All(callers, static caller => Assert.False(caller.IsCompleted));

        source.Answer(variant.Value(0, 1));

        Assert.All(await Task.WhenAll(callers), value => Assert.Equal(variant.Value(0, 1), value));
        Assert.Equal(1, source.Calls);
        Assert.True(cache.ContainsKey(variant.Key(0)));
    }

    [Theory, Variants]
    public async Task A_load_that_fails_leaves_nothing_and_the_next_call_tries_again<TKey, TValue>(Variant<TKey, TValue> variant)
        where TKey : notnull
    {
        Cache<TKey, TValue> cache = Make(variant);

        Assert.Throws<InvalidDataException>(() => cache.GetOrAdd(variant.Key(0), _ => throw new InvalidDataException()));
        await Assert.ThrowsAsync<InvalidDataException>(
            async () => await cache.GetOrAddAsync(variant.Key(0), (_, _) => Task.FromException<TValue>(new InvalidDataException())));

        Assert.Equal((0, 0), (cache.Count, cache.LoadsInProgress));
        Assert.Equal(variant.Value(0), cache.GetOrAdd(variant.Key(0), _ => variant.Value(0)));
    }

    [Theory, Variants]
    public async Task What_is_written_or_removed_during_a_load_wins<TKey, TValue>(Variant<TKey, TValue> variant)
        where TKey : notnull
    {
        Cache<TKey, TValue> cache = Make(variant);
        foreach (Invalidation invalidation in Enum.GetValues<Invalidation>())
        {
            foreach (bool isAsync in new[] { false, true })
            {
                cache.Clear();
                TValue loaded = isAsync
                    ? await cache.GetOrAddAsync(variant.Key(0), (_, _) => new ValueTask<TValue>(Load(invalidation)))
                    : cache.GetOrAdd(variant.Key(0), _ => Load(invalidation));

                Assert.Equal(variant.Value(0), loaded);
                Assert.Equal(invalidation == Invalidation.Set, cache.TryGet(variant.Key(0), out TValue? value));
                Assert.Equal(invalidation == Invalidation.Set ? variant.Value(0, 1) : default, value);
            }
        }

        TValue Load(Invalidation invalidation)
        {
            switch (invalidation)
            {
                case Invalidation.Set:
                    cache.Set(variant.Twin(0), variant.Value(0, 1));
                    break;
                case Invalidation.Remove:
                    Assert.False(cache.TryRemove(variant.Twin(0)));
                    break;
                default:
                    cache.Clear();
                    break;
            }

            return variant.Value(0);
        }
    }

    [Theory, Variants]
    public async Task Of_many_keys_those_that_are_absent_are_loaded_in_one_call<TKey, TValue>(Variant<TKey, TValue> variant)
        where TKey : notnull
    {
        Cache<TKey, TValue> cache = Make(variant);
        int present = Math.Min(variant.Room, 10);
        cache.SetMany(variant.Entries(present));
        TKey[] asked = [.. Enumerable.Range(0, present + 10).Select(variant.Twin)];
        List<int> loaded = [];

        Dictionary<TKey, TValue> values = await cache.GetOrAddManyAsync(asked.Concat(asked), (keys, _) =>
        {
            loaded.AddRange(keys.Select(variant.NumberOf));
            return new ValueTask<IEnumerable<KeyValuePair<TKey, TValue>>>(
                keys.Select(key => KeyValuePair.Create(key, variant.Value(variant.NumberOf(key), 1))));
        });

        Assert.Equal(Enumerable.Range(present, 10), loaded.Order());
        Assert.Equal(asked.Length, values.Count);
        Assert.All(asked, key => Assert.Equal(
            variant.Value(variant.NumberOf(key), variant.NumberOf(key) < present ? 0 : 1), values[key]));
    }

    [Theory(Timeout = Wait.Watchdog), Variants]
    public async Task A_value_near_its_end_is_served_and_renewed_in_the_background<TKey, TValue>(Variant<TKey, TValue> variant)
        where TKey : notnull
    {
        await Wait.LeaveRunner();
        Cache<TKey, TValue> cache = Make(variant);
        var options = new LoadOptions { Entry = ExpiringCache.For(Life / 2), EagerRefreshThreshold = 0.5 };
        await cache.GetOrAddAsync(variant.Key(0), _ => new ValueTask<TValue>(variant.Value(0)), options);
        Time.Advance(Life * 0.4);

        TValue served = await cache.GetOrAddAsync(
            variant.Twin(0),
            context =>
            {
                Assert.Equal((true, variant.Value(0)), (context.IsBackground, context.PreviousValue));
                return new ValueTask<TValue>(variant.Value(0, 1));
            },
            options);

        Assert.Equal(variant.Value(0), served);
        Wait.Until(() => cache.LoadsInProgress == 0 && cache.Statistics.Refreshes == 1);
        Assert.True(cache.TryGet(variant.Key(0), out TValue? value));
        Assert.Equal(variant.Value(0, 1), value);
        Assert.Equal(Life / 2, cache.TimeToLive(variant.Key(0)));
    }

    [Theory, Variants]
    public async Task A_value_past_its_end_stands_in_for_one_that_cannot_be_loaded<TKey, TValue>(Variant<TKey, TValue> variant)
        where TKey : notnull
    {
        Cache<TKey, TValue> cache = Make(
            variant, static options => options.Loading = new LoadOptions { FailSafeMaxDuration = Life, Entry = ExpiringCache.For(Life / 2) });
        cache.GetOrAdd(variant.Key(0), _ => variant.Value(0));
        Time.Advance(Life);
        Assert.False(cache.TryGet(variant.Key(0), out _));

        TValue served = await cache.GetOrAddAsync(variant.Twin(0), static (_, _) => Task.FromException<TValue>(new InvalidDataException()));

        Assert.Equal(variant.Value(0), served);
        Assert.Equal(1, cache.Statistics.StaleServed);

        // Even a value that stands in for others goes in the end.
        Time.AdvanceAtOnce(2 * Life);
        cache.TrimExpired();
        Assert.Equal(0, cache.Count);
    }
}
