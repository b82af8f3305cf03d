using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit;

/// <summary>What user code throws passes through, changes nothing and leaves no lock behind.</summary>
public sealed class UserCodeThrowsTests
{
    private static readonly Dictionary<string, Action<Cache<int, string>>> Operations = new()
    {
        ["TryGet"] = cache => cache.TryGet(1, out _),
        ["TryGet, absent"] = cache => cache.TryGet(9, out _),
        ["TryPeek"] = cache => cache.TryPeek(1, out _),
        ["ContainsKey"] = cache => cache.ContainsKey(1),
        ["Set"] = cache => cache.Set(1, "uno"),
        ["Set, absent"] = cache => cache.Set(9, "nine"),
        ["TryAdd"] = cache => cache.TryAdd(1, "uno"),
        ["TryAdd, absent"] = cache => cache.TryAdd(9, "nine"),
        ["TryUpdate"] = cache => cache.TryUpdate(1, "uno"),
        ["TryUpdate if"] = cache => cache.TryUpdate(1, "uno", "1"),
        ["AddOrUpdate"] = cache => cache.AddOrUpdate(1, "uno", (_, old) => old + "!"),
        ["AddOrUpdate, absent"] = cache => cache.AddOrUpdate(9, "nine", (_, old) => old + "!"),
        ["GetOrAdd"] = cache => cache.GetOrAdd(1, _ => "uno"),
        ["GetOrAdd, absent"] = cache => cache.GetOrAdd(9, _ => "nine"),
        ["GetOrAdd with state, absent"] = cache => cache.GetOrAdd(9, (_, state) => state, "nine"),
        ["TryRemove"] = cache => cache.TryRemove(1),
        ["TryRemove pair"] = cache => cache.TryRemove(KeyValuePair.Create(1, "1")),
        ["GetMany"] = cache => cache.GetMany([1]),
        ["SetMany"] = cache => cache.SetMany([new(9, "nine")]),
        ["RemoveMany"] = cache => cache.RemoveMany([1]),
    };

    public static TheoryData<string> Names => [.. Operations.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_comparer_that_throws_in_any_comparison_fails_that_operation_only(string operation)
    {
        long calls = 1;
        for (long failing = 1; failing <= calls; failing++)
        {
            ScriptedComparer<int> comparer = ScriptedComparer<int>.AllCollide();
            using Cache<int, string> cache = TestCache.Of<int, string>(capacity: 8, comparer: comparer);
            cache.SetMany(Enumerable.Range(0, 5).Select(i => KeyValuePair.Create(i, $"{i}")));
            comparer.EqualsCalls = 0;
            comparer.OnEquals = call => ThrowIf(call == failing);

            // The last round meets no failure and says how many comparisons there are.
            Exception? thrown = Record.Exception(() => Operations[operation](cache));
            comparer.OnEquals = null;

            Assert.True(thrown is null or UserCodeException, $"{thrown}");
            if (thrown is not null)
            {
                calls = failing + 1;
                Assert.Equal(Enumerable.Range(0, 5), cache.Select(entry => entry.Key).Order());
                Assert.All(cache, entry => Assert.Equal($"{entry.Key}", entry.Value));
            }

            Assert.Null(Record.Exception(() => Operations[operation](cache)));
            CacheProbe.AssertWorks(cache);
        }

        Assert.True(calls > 1, "the operation compares keys");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_hash_function_that_throws_fails_that_operation_only(string operation)
    {
        var comparer = new ScriptedComparer<int>();
        using Cache<int, string> cache = TestCache.Of<int, string>(capacity: 8, comparer: comparer);
        cache.SetMany(Enumerable.Range(0, 5).Select(i => KeyValuePair.Create(i, $"{i}")));
        comparer.HashCodes = _ => throw new UserCodeException();

        Assert.Throws<UserCodeException>(() => Operations[operation](cache));
        comparer.HashCodes = key => key;

        Assert.Equal(Enumerable.Range(0, 5).ToDictionary(i => i, i => $"{i}"), cache.ToDictionary());
        CacheProbe.AssertWorks(cache);
    }

    [Fact]
    public void A_factory_that_throws_adds_nothing_and_the_next_call_tries_again()
    {
        using var cache = new Cache<int, string>(8);

        Assert.Throws<UserCodeException>(() => cache.GetOrAdd(1, _ => throw new UserCodeException()));
        Assert.Throws<UserCodeException>(() => cache.GetOrAdd<int>(1, (_, _) => throw new UserCodeException(), 0));

        Assert.Equal(0, cache.Count);
        Assert.Equal("one", cache.GetOrAdd(1, _ => "one"));
        CacheProbe.AssertWorks(cache);
    }

    [Fact]
    public void An_update_factory_that_throws_leaves_the_entry_as_it_is()
    {
        using var cache = new Cache<int, string>(8);
        cache.Set(1, "one");

        Assert.Throws<UserCodeException>(() => cache.AddOrUpdate(1, "uno", (_, _) => throw new UserCodeException()));

        Assert.Equal(KeyValuePair.Create(1, "one"), Assert.Single(cache));
        CacheProbe.AssertWorks(cache);
    }

    [Fact]
    public void A_value_whose_equality_throws_fails_the_comparison_only()
    {
        using var cache = new Cache<int, Touchy>(8);
        var value = new Touchy();
        cache.Set(1, value);

        Assert.Throws<UserCodeException>(() => cache.TryUpdate(1, new Touchy(), value));
        Assert.Throws<UserCodeException>(() => cache.TryRemove(KeyValuePair.Create(1, value)));

        Assert.Same(value, Assert.Single(cache).Value);
        Assert.True(cache.Set(1, new Touchy()));
        Assert.True(cache.TryRemove(1));
        Assert.True(cache.TryAdd(1, value));
        cache.AssertConsistent();
    }

    [Fact]
    public void A_sequence_that_throws_keeps_what_came_before()
    {
        using var cache = new Cache<int, string>(8);

        Assert.Throws<UserCodeException>(() => cache.SetMany(Keys().Select(key => KeyValuePair.Create(key, $"{key}"))));
        Assert.Equal([1, 2], cache.Select(entry => entry.Key).Order());
        Assert.Throws<UserCodeException>(() => cache.GetMany(Keys()));
        Assert.Equal(2, cache.Count);
        Assert.Throws<UserCodeException>(() => cache.RemoveMany(Keys()));
        Assert.Empty(cache);
        CacheProbe.AssertWorks(cache);

        static IEnumerable<int> Keys()
        {
            yield return 1;
            yield return 2;
            throw new UserCodeException();
        }
    }

    private static void ThrowIf(bool condition)
    {
        if (condition)
        {
            throw new UserCodeException();
        }
    }

    private sealed class UserCodeException : Exception;

    private sealed class Touchy : IEquatable<Touchy>
    {
        public bool Equals(Touchy? other) => throw new UserCodeException();

        public override bool Equals(object? obj) => throw new UserCodeException();

        public override int GetHashCode() => 0;
    }
}
