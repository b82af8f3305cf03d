namespace FastCache.Tests.Unit.Table;

/// <summary>A key with an equality of its own that does something whenever it is asked.</summary>
internal readonly struct ScriptedKey(string name, Action? onEquals = null) : IEquatable<ScriptedKey>
{
    private readonly string _name = name;
    private readonly Action? _onEquals = onEquals;

    public bool Equals(ScriptedKey other)
    {
        _onEquals?.Invoke();
        other._onEquals?.Invoke();
        return _name == other._name;
    }

    public override bool Equals(object? obj) => obj is ScriptedKey other && Equals(other);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(_name);
}
