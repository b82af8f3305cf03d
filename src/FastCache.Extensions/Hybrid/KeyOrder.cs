namespace FastCache.Extensions.Hybrid;

/// <summary>The keys that somebody writes or loads at this moment, each with what must not overtake what.</summary>
/// <remarks>Thread-safe. A key is forgotten when nobody is at it any more.</remarks>
internal sealed class KeyOrder
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, KeyState> _keys = new(StringComparer.Ordinal);

    /// <summary>How many keys there are.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _keys.Count;
            }
        }
    }

    /// <summary>Somebody begins with a key, and leaves it when he is done.</summary>
    public KeyState Enter(string key)
    {
        lock (_gate)
        {
            if (!_keys.TryGetValue(key, out KeyState? state))
            {
                _keys.Add(key, state = new KeyState(key));
            }

            state.Users++;
            return state;
        }
    }

    public void Leave(KeyState state)
    {
        lock (_gate)
        {
            if (--state.Users == 0)
            {
                _keys.Remove(state.Key);
            }
        }
    }

    /// <summary>The keys at this moment. Who loads one that is missing has begun later.</summary>
    public KeyState[] All()
    {
        lock (_gate)
        {
            return [.. _keys.Values];
        }
    }
}
