using System.Runtime.CompilerServices;

namespace FastCache.Tests.Unit.Table;

/// <summary>A key over several cache lines. Its parts are equal, unless somebody saw it half written.</summary>
internal readonly struct WideKey : IEquatable<WideKey>
{
    private static int violations;

    private readonly Parts _parts;

    public WideKey(long value) => ((Span<long>)_parts).Fill(value);

    /// <summary>How many torn keys <see cref="Equals(WideKey)"/> has met.</summary>
    public static int Violations => Volatile.Read(ref violations);

    public bool IsWhole => !((ReadOnlySpan<long>)_parts).ContainsAnyExcept(_parts[0]);

    public bool Equals(WideKey other)
    {
        if (!IsWhole || !other.IsWhole)
        {
            Interlocked.Increment(ref violations);
        }

        return _parts[0] == other._parts[0];
    }

    public override bool Equals(object? obj) => obj is WideKey other && Equals(other);

    public override int GetHashCode() => _parts[0].GetHashCode();

    [InlineArray(128)]
    private struct Parts
    {
        private long _first;
    }
}
