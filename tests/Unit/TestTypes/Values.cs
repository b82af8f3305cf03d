using System.Runtime.CompilerServices;

namespace FastCache.Tests.Unit.TestTypes;

/// <summary>8 bytes in two fields that must never be seen apart.</summary>
internal readonly record struct IntPair(int First, int Second);

/// <summary>One reference in a struct.</summary>
internal readonly record struct OneReference(string Text);

/// <summary>16 bytes, one reference among them.</summary>
internal readonly record struct WordAndReference(long Word, string Text);

/// <summary>24 bytes, one reference among them.</summary>
internal readonly record struct Wide(long First, long Second, string Text);

/// <summary>No field at all.</summary>
internal readonly record struct Nothing;

/// <summary>Three bytes.</summary>
internal readonly record struct ThreeBytes(byte First, byte Second, byte Third);

/// <summary>100 bytes.</summary>
internal struct Huge : IEquatable<Huge>
{
    private Block _block;

    public static Huge Of(int number)
    {
        Huge huge = default;
        for (int i = 0; i < Block.Length; i++)
        {
            huge._block[i] = number + i;
        }

        return huge;
    }

    public readonly bool Equals(Huge other) => ((ReadOnlySpan<int>)_block).SequenceEqual(other._block);

    public override readonly bool Equals(object? obj) => obj is Huge other && Equals(other);

    public override readonly int GetHashCode() => _block[0];

    [InlineArray(Length)]
    private struct Block
    {
        public const int Length = 25;
        private int _first;
    }
}
