using Xunit;

namespace FastCache.Tests.Unit.TestTypes;

/// <summary>Every operation that weighs a value, once, for a key that is present and for one that is not.</summary>
internal static class WeighedWrites
{
    public const int Present = 1;
    public const int Absent = 9;
    public const string Old = "one";
    public const string New = "written";

    private static readonly EntryOptions Lasting = new() { ExpireAfterWrite = TimeSpan.FromHours(1) };

    private static readonly Dictionary<string, Action<Cache<int, string>>> All = new()
    {
        ["Set"] = cache => cache.Set(Present, New),
        ["Set, absent"] = cache => cache.Set(Absent, New),
        ["Set with options"] = cache => cache.Set(Present, New, Lasting),
        ["Set with options, absent"] = cache => cache.Set(Absent, New, Lasting),
        ["TryAdd"] = cache => cache.TryAdd(Absent, New),
        ["TryAdd with options"] = cache => cache.TryAdd(Absent, New, Lasting),
        ["TryUpdate"] = cache => cache.TryUpdate(Present, New),
        ["TryUpdate if"] = cache => cache.TryUpdate(Present, New, Old),
        ["AddOrUpdate"] = cache => cache.AddOrUpdate(Present, "added", (_, _) => New),
        ["AddOrUpdate, absent"] = cache => cache.AddOrUpdate(Absent, New, (_, _) => "updated"),
        ["GetOrAdd"] = cache => cache.GetOrAdd(Absent, _ => New),
        ["GetOrAdd with state"] = cache => cache.GetOrAdd(Absent, (_, state) => state, New),
        ["GetOrAdd with options"] = cache => cache.GetOrAdd(Absent, _ => New, Lasting),
        ["SetMany"] = cache => cache.SetMany([new(Absent, New)]),
    };

    public static TheoryData<string> Names => [.. All.Keys];

    /// <summary>Those that replace nothing.</summary>
    public static TheoryData<string> NamesOfAdditions => [.. All.Keys.Where(name => KeyOf(name) == Absent)];

    public static void Run(string name, Cache<int, string> cache) => All[name](cache);

    /// <summary>The key that an operation writes.</summary>
    public static int KeyOf(string name)
        => name is "Set" or "Set with options" or "TryUpdate" or "TryUpdate if" or "AddOrUpdate" ? Present : Absent;

    /// <summary>Adds the key that is present, and two that nothing is done with.</summary>
    public static void Fill(Cache<int, string> cache) => cache.SetMany([new(0, "zero"), new(Present, Old), new(2, "two")]);

    /// <summary>Whether the cache is as <see cref="Fill"/> has left it.</summary>
    public static void AssertUntouched(Cache<int, string> cache)
    {
        Assert.Equal([new(0, "zero"), new(Present, Old), new(2, "two")], cache.OrderBy(entry => entry.Key));
        Assert.Equal(10, cache.Weight);
        cache.AssertConsistent();
    }
}
