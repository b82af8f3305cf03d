using Xunit;

namespace FastCache.Tests.Unit;

/// <summary>Every member that takes a reference says which one was null, and leaves the cache as it was.</summary>
public sealed class CacheNullArgumentTests
{
    private static readonly Dictionary<string, (string? Parameter, Action<Cache<string, string>> Call)> Calls = new()
    {
        ["TryGet"] = ("key", cache => cache.TryGet(null!, out _)),
        ["TryPeek"] = ("key", cache => cache.TryPeek(null!, out _)),
        ["ContainsKey"] = ("key", cache => cache.ContainsKey(null!)),
        ["Set"] = ("key", cache => cache.Set(null!, "value")),
        ["TryAdd"] = ("key", cache => cache.TryAdd(null!, "value")),
        ["TryUpdate"] = ("key", cache => cache.TryUpdate(null!, "value")),
        ["TryUpdate if"] = ("key", cache => cache.TryUpdate(null!, "value", "other")),
        ["AddOrUpdate"] = ("key", cache => cache.AddOrUpdate(null!, "value", (_, _) => "other")),
        ["AddOrUpdate, factory"] = ("updateFactory", cache => cache.AddOrUpdate("a", "value", null!)),
        ["GetOrAdd"] = ("key", cache => cache.GetOrAdd(null!, _ => "value")),
        ["GetOrAdd, factory"] = ("factory", cache => cache.GetOrAdd("a", null!)),
        ["GetOrAdd with state"] = ("key", cache => cache.GetOrAdd(null!, (_, state) => state, "value")),
        ["GetOrAdd with state, factory"] = ("factory", cache => cache.GetOrAdd("a", null!, "state")),
        ["TryRemove"] = ("key", cache => cache.TryRemove((string)null!)),
        ["TryRemove with value"] = ("key", cache => cache.TryRemove(null!, out _)),
        ["TryRemove pair"] = (null, cache => cache.TryRemove(default(KeyValuePair<string, string>))),
        ["GetMany"] = ("keys", cache => cache.GetMany(null!)),
        ["GetMany, key"] = ("key", cache => cache.GetMany([null!])),
        ["SetMany"] = ("entries", cache => cache.SetMany(null!)),
        ["SetMany, key"] = ("key", cache => cache.SetMany([default])),
        ["RemoveByTag"] = ("tag", cache => cache.RemoveByTag(null!)),
        ["RemoveByTags, tag"] = ("tag", cache => cache.RemoveByTags("a", null!)),
        ["RemoveWhere"] = ("predicate", cache => cache.RemoveWhere(null!)),
        ["RemoveByPrefix"] = ("prefix", cache => cache.RemoveByPrefix(null!)),
        ["RemoveByPattern"] = ("pattern", cache => cache.RemoveByPattern(null!)),
        ["RemoveMany"] = ("keys", cache => cache.RemoveMany(null!)),
        ["RemoveMany, key"] = ("key", cache => cache.RemoveMany([null!])),
        ["Lookup GetOrAdd, factory"] = ("factory", cache => cache.GetAlternateLookup<ReadOnlySpan<char>>().GetOrAdd("a", null!)),
    };

    public static TheoryData<string> Members => [.. Calls.Keys];

    [Theory]
    [MemberData(nameof(Members))]
    public void A_null_argument_is_refused_by_name(string member)
    {
        foreach (IEqualityComparer<string>? comparer in new[] { null, StringComparer.OrdinalIgnoreCase })
        {
            (string? parameter, Action<Cache<string, string>> call) = Calls[member];
            using var cache = new Cache<string, string>(new CacheOptions<string, string> { Capacity = 10, Comparer = comparer });
            cache.Set("a", "b");

            ArgumentNullException exception = Assert.Throws<ArgumentNullException>(() => call(cache));

            Assert.Equal(parameter ?? exception.ParamName, exception.ParamName);
            Assert.Equal(KeyValuePair.Create("a", "b"), Assert.Single(cache));
            cache.AssertConsistent();
        }
    }

    [Fact]
    public void A_null_factory_is_refused_even_if_the_key_is_present()
    {
        using var cache = new Cache<int, string>(10);
        cache.Set(1, "one");

        Assert.Throws<ArgumentNullException>("factory", () => cache.GetOrAdd(1, null!));
        Assert.Throws<ArgumentNullException>("updateFactory", () => cache.AddOrUpdate(1, "uno", null!));
    }

    [Fact]
    public void Null_options_are_refused()
        => Assert.Throws<ArgumentNullException>("options", () => new Cache<int, int>(null!));
}
