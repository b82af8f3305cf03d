using System.Diagnostics.CodeAnalysis;

namespace FastCache.Tests.Unit.TestTypes;

internal enum Colour : short
{
    Red = -1,
    Green,
    Blue,
}

internal sealed record PersonRecord(int Number, string Name);

internal readonly record struct PointRecord(int X, long Y);

/// <summary>A struct with a reference and no equality of its own but its comparer's.</summary>
[SuppressMessage("Performance", "CA1815:Override equals and operator equals on value types", Justification = "That is the point.")]
internal readonly struct Tagged(string tag, int number)
{
    public string Tag { get; } = tag;

    public int Number { get; } = number;
}

internal sealed class TaggedComparer : IEqualityComparer<Tagged>
{
    public bool Equals(Tagged x, Tagged y) => x.Number == y.Number && x.Tag.Length == y.Tag.Length && x.Tag == y.Tag;

    public int GetHashCode(Tagged obj) => HashCode.Combine(obj.Tag, obj.Number);
}
