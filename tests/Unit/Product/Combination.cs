namespace FastCache.Tests.Unit.Product;

/// <summary>One point of the product: what is chosen in each dimension.</summary>
public readonly record struct Combination(
    KeyKind Key, ValueKind Value, LimitKind Limit, LifeKind Life, EvictionPolicy Policy, SizeKind Size)
{
    /// <summary>How many choices each dimension has, in the order of the parameters.</summary>
    public static IReadOnlyList<int> Choices { get; } =
    [
        CountOf<KeyKind>(), CountOf<ValueKind>(), CountOf<LimitKind>(), CountOf<LifeKind>(), CountOf<EvictionPolicy>(), CountOf<SizeKind>(),
    ];

    /// <summary>Every point of the product.</summary>
    public static IEnumerable<Combination> All
        => from key in Enum.GetValues<KeyKind>()
           from value in Enum.GetValues<ValueKind>()
           from limit in Enum.GetValues<LimitKind>()
           from life in Enum.GetValues<LifeKind>()
           from policy in Enum.GetValues<EvictionPolicy>()
           from size in Enum.GetValues<SizeKind>()
           select new Combination(key, value, limit, life, policy, size);

    /// <summary>The point with these choices, each from 0.</summary>
    public static Combination Of(IReadOnlyList<int> row)
        => new((KeyKind)row[0], (ValueKind)row[1], (LimitKind)row[2], (LifeKind)row[3], (EvictionPolicy)row[4], (SizeKind)row[5]);

    /// <summary>The point of a name.</summary>
    public static Combination Parse(string name)
    {
        string[] parts = name.Split('-');
        return new Combination(
            Enum.Parse<KeyKind>(parts[0]),
            Enum.Parse<ValueKind>(parts[1]),
            Enum.Parse<LimitKind>(parts[2]),
            Enum.Parse<LifeKind>(parts[3]),
            Enum.Parse<EvictionPolicy>(parts[4]),
            Enum.Parse<SizeKind>(parts[5]));
    }

    /// <summary>Its name, without any character that a test filter gives a meaning to.</summary>
    public override string ToString() => $"{Key}-{Value}-{Limit}-{Life}-{Policy}-{Size}";

    private static int CountOf<TChoice>()
        where TChoice : struct, Enum
        => Enum.GetValues<TChoice>().Length;
}
