namespace FastCache.Tests.Persistence.Faults;

/// <summary>What was done to each key since the log began, or began anew, and how much of it was acknowledged.</summary>
/// <remarks>What was done before the log has begun anew is in it no more: it must not come back.</remarks>
internal sealed class FaultHistory
{
    private readonly Dictionary<int, List<(int Number, string? Value)>> _changes = [];
    private int _count;
    private int _acknowledged;

    /// <summary>A key gets a value, or null if it is removed. Before it is done.</summary>
    public void Add(int key, string? value)
    {
        if (!_changes.TryGetValue(key, out List<(int Number, string? Value)>? changes))
        {
            _changes[key] = changes = [];
        }

        changes.Add((++_count, value));
    }

    public void Clear()
    {
        foreach (int key in _changes.Keys)
        {
            Add(key, null);
        }
    }

    /// <summary>All changes so far are durable.</summary>
    public void Acknowledge() => _acknowledged = _count;

    /// <summary>The log has begun anew.</summary>
    public void BeginAnew()
    {
        _changes.Clear();
        _acknowledged = _count;
    }

    /// <summary>What is wrong with what a restart has brought back; null if nothing is.</summary>
    /// <param name="contents">What it has.</param>
    /// <param name="mayForget">Whether what was acknowledged need not be there.</param>
    public string? FaultOf(Dictionary<int, string> contents, bool mayForget)
    {
        foreach ((int key, string value) in contents)
        {
            if (!_changes.TryGetValue(key, out List<(int Number, string? Value)>? changes))
            {
                return $"key {key} has {value}, which was put before the log has begun anew, or never";
            }

            int newest = changes.FindLastIndex(change => change.Number <= _acknowledged);
            if (!changes.Skip(Math.Max(0, newest)).Any(change => change.Value == value))
            {
                return $"key {key} has {value}, which is older than what was acknowledged, or was never put";
            }
        }

        foreach ((int key, List<(int Number, string? Value)> changes) in _changes)
        {
            if (!mayForget && changes[^1] is { Value: not null } last && last.Number <= _acknowledged && !contents.ContainsKey(key))
            {
                return $"key {key} is absent, and {last.Value} was acknowledged";
            }
        }

        return null;
    }
}
