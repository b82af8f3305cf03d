using System.Runtime.CompilerServices;

namespace FastCache.Tests.Unit.Table;

/// <summary>A key over several cache lines that is never without its names, unless somebody saw it in a cleared slot.</summary>
internal readonly struct NamedKey : IEquatable<NamedKey>
{
    private static int violations;

    private readonly Names _names;

    public NamedKey(string name) => ((Span<string?>)_names).Fill(name);

    /// <summary>How many keys without a name <see cref="Equals(NamedKey)"/> has met.</summary>
    public static int Violations => Volatile.Read(ref violations);

    private bool IsNamed => !((ReadOnlySpan<string?>)_names).Contains(null);

    public bool Equals(NamedKey other)
    {
        if (!IsNamed || !other.IsNamed)
        {
            Interlocked.Increment(ref violations);
        }

        return _names[0] == other._names[0];
    }

    public override bool Equals(object? obj) => obj is NamedKey other && Equals(other);

    public override int GetHashCode() => _names[0]?.Length ?? 0;

    [InlineArray(64)]
    private struct Names
    {
        private string? _first;
    }
}
