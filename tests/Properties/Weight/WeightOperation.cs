using static FastCache.Tests.Properties.Weight.WeightOperationKind;

namespace FastCache.Tests.Properties.Weight;

internal enum WeightOperationKind
{
    TryGet,
    Set,
    TryAdd,
    TryUpdate,
    TryUpdateIf,
    AddOrUpdate,
    GetOrAdd,
    TryRemove,
    Clear,
    Trim,
    Resize,
    Maintain,
}

/// <summary>One call.</summary>
/// <param name="Kind">What is called.</param>
/// <param name="Key">The key.</param>
/// <param name="Weight">What the value weighs, or how many entries are trimmed.</param>
/// <param name="Digit">What tells the values of one key and weight apart: 0 to 9.</param>
internal readonly record struct WeightOperation(WeightOperationKind Kind, int Key, int Weight, int Digit)
{
    public const int MaxWeight = 999;

    /// <summary>Values name their key and what they weigh.</summary>
    public int Value => (Key * 10_000) + (Digit * 1000) + Weight;

    public static int WeightOf(int value) => value % 1000;

    /// <summary>From a quarter of the first limit to two and a half times as much.</summary>
    public int LimitFor(WeightSetup setup) => Math.Max(setup.ShardCount, setup.Limit * (1 + Digit) / 4);

    public string Print(WeightSetup setup) => Kind switch
    {
        TryGet => $"cache.TryGet({Key}, out _);",
        Set => $"cache.Set({Key}, {Value});",
        TryAdd => $"cache.TryAdd({Key}, {Value});",
        TryUpdate => $"cache.TryUpdate({Key}, {Value});",
        TryUpdateIf => $"cache.TryPeek({Key}, out int old); cache.TryUpdate({Key}, {Value}, old);",
        AddOrUpdate => $"cache.AddOrUpdate({Key}, {Value}, (_, _) => {Value});",
        GetOrAdd => $"cache.GetOrAdd({Key}, _ => {Value});",
        TryRemove => $"cache.TryRemove({Key});",
        Clear => "cache.Clear();",
        Trim => $"cache.Trim({Weight});",
        Resize => $"cache.{(setup.IsWeighed ? "WeightLimit" : "Capacity")} = {LimitFor(setup)};",
        _ => "// Maintenance.",
    };
}
