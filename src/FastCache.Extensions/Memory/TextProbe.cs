using FastCache.Table;

namespace FastCache.Extensions.Memory;

/// <summary>Looks for a string among keys of any type by its characters.</summary>
internal readonly ref struct TextProbe(ReadOnlySpan<char> text) : IKeyProbe<ObjectKey>
{
    private readonly ReadOnlySpan<char> _text = text;

    public bool Matches(ObjectKey stored) => stored.Value is string other && _text.SequenceEqual(other);
}
