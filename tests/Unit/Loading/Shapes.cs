using FastCache.Tests.Unit.TestTypes;

namespace FastCache.Tests.Unit.Loading;

/// <summary>What makes a cache one of a certain shape.</summary>
internal static class Shapes
{
    private const int HeaviestEntry = 100;

    /// <summary>More than an entry may weigh.</summary>
    public static readonly string TooHeavy = new('x', HeaviestEntry + 1);

    public static void Configure<TValue>(CacheOptions<int, TValue> options, CacheShape shape)
    {
        if (shape == CacheShape.Colliding)
        {
            options.Comparer = ScriptedComparer<int>.AllCollide();
        }
        else if (shape == CacheShape.Weighed)
        {
            options.Weigher = static (_, value) => value is string text ? text.Length : 1;
            options.WeightLimit = 100_000;
            options.MaxEntryWeight = HeaviestEntry;
            options.Capacity = 0;
        }
    }
}
