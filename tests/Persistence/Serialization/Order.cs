namespace FastCache.Tests.Persistence.Serialization;

/// <summary>A value that is written as JSON.</summary>
internal sealed record Order(int Number, string Name, double Price, string[] Lines)
{
    public bool Equals(Order? other)
        => other is not null && (Number, Name, Price) == (other.Number, other.Name, other.Price) && Lines.AsSpan().SequenceEqual(other.Lines);

    public override int GetHashCode() => Number;
}
