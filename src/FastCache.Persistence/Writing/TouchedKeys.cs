namespace FastCache.Persistence.Writing;

/// <summary>Of which keys anything was said since restoring began: their older values must not come back.</summary>
/// <remarks>Not thread-safe. Remembers nothing before the beginning and after the end.</remarks>
internal sealed class TouchedKeys
{
    private readonly List<KeyPattern> _patterns = [];
    private DigestSet? _digests;
    private bool _areAll;

    public void Begin() => _digests = new DigestSet();

    public void End()
    {
        _digests = null;
        _patterns.Clear();
    }

    public void Add(ulong digest) => _digests?.Add(digest);

    public void Add(KeyPattern pattern)
    {
        if (_digests is not null)
        {
            _patterns.Add(pattern);
        }
    }

    public void AddAll() => _areAll = true;

    /// <summary>Whether nothing of a key, or of all keys, was said since the beginning. False after the end.</summary>
    public bool IsUntouched<TKey>(TKey key, ulong digest)
        => !_areAll
            && _digests is { } digests
            && !digests.Contains(digest)
            && (key is not string text || !_patterns.Exists(pattern => pattern.Matches(text)));
}
