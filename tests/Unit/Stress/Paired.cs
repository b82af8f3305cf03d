namespace FastCache.Tests.Unit.Stress;

/// <summary>A key of a word and a reference, with an equality of its own.</summary>
internal readonly struct Paired(int number, string text) : IEquatable<Paired>
{
    public int Number { get; } = number;

    public string Text { get; } = text;

    public bool Equals(Paired other) => Number == other.Number && Text == other.Text;

    public override bool Equals(object? obj) => obj is Paired other && Equals(other);

    public override int GetHashCode() => Number;
}
