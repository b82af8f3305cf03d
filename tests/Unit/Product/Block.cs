using System.Runtime.CompilerServices;

namespace FastCache.Tests.Unit.Product;

/// <summary>128 bytes that all say the same.</summary>
internal struct Block : IEquatable<Block>
{
    private Words _words;

    public Block(int number, int version) => ((Span<long>)_words).Fill(((long)number << 32) | (uint)version);

    /// <summary>What it was made from; throws if it was torn.</summary>
    public readonly (int Number, int Version) Content
        => ((ReadOnlySpan<long>)_words).ContainsAnyExcept(_words[0])
            ? throw new InvalidDataException("a torn block")
            : ((int)(_words[0] >> 32), (int)_words[0]);

    public readonly bool Equals(Block other) => Content == other.Content;

    public override readonly bool Equals(object? obj) => obj is Block other && Equals(other);

    public override readonly int GetHashCode() => Content.GetHashCode();

    [InlineArray(16)]
    private struct Words
    {
        private long _first;
    }
}
