using System.Globalization;

namespace FastCache.Tests.Persistence.Crashes;

/// <summary>What was done to each key, in order, and how much of it is acknowledged. Immutable.</summary>
internal sealed class History
{
    private readonly Change[][] _changes;

    private History(Change[][] changes, int count, int acknowledged)
    {
        _changes = changes;
        Count = count;
        Acknowledged = acknowledged;
    }

    public static History Empty { get; } = new([.. Enumerable.Range(0, LogPrograms.Keys).Select(static _ => Array.Empty<Change>())], 0, 0);

    /// <summary>How many changes there were.</summary>
    public int Count { get; }

    /// <summary>How many of the first ones are acknowledged.</summary>
    public int Acknowledged { get; }

    /// <param name="Number">Which one it is.</param>
    /// <param name="Value">The value since; null if the key was removed.</param>
    /// <param name="ExpiresAt">When the value expires if it is not accessed, in ticks of UTC.</param>
    public sealed record Change(int Number, string? Value, long ExpiresAt);

    public History With(int key, string? value, long expiresAt = long.MaxValue)
    {
        var changes = (Change[][])_changes.Clone();
        changes[key] = [.. changes[key], new Change(Count + 1, value, expiresAt)];
        return new History(changes, Count + 1, Acknowledged);
    }

    public History Cleared()
    {
        History history = this;
        for (int key = 0; key < LogPrograms.Keys; key++)
        {
            history = history.With(key, value: null);
        }

        return history;
    }

    public History AllAcknowledged() => new(_changes, Count, Count);

    public History AcknowledgedUpTo(int count) => new(_changes, Count, count);

    /// <summary>What is believed of a key: its last change.</summary>
    public Change? Last(int key) => _changes[key] is [.., var last] ? last : null;

    /// <summary>When a value expires that was put for a key.</summary>
    public long ExpiryOf(int key, string? value)
        => value is null ? long.MaxValue : Array.FindLast(_changes[key], change => change.Value == value)!.ExpiresAt;

    /// <summary>Says what is wrong with the value that a restart has brought back; null if nothing is.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">Its value; null if it is absent.</param>
    /// <param name="utcNow">The time.</param>
    /// <param name="latestUtc">The latest time that there ever was.</param>
    public string? FaultOf(int key, string? value, long utcNow, long latestUtc)
    {
        Change[] changes = _changes[key];
        int newest = Array.FindLastIndex(changes, change => change.Number <= Acknowledged);
        int found = value is null ? -1 : Array.FindLastIndex(changes, change => change.Value == value);
        if (value is not null)
        {
            return found < 0 ? $"key {key} has the value {value}, which was never put for it"
                : found < newest ? $"key {key} has the value of change {changes[found].Number}, and change {changes[newest].Number} was acknowledged"
                : changes[found].ExpiresAt <= utcNow ? $"key {key} has the value of change {changes[found].Number}, which has expired"
                : null;
        }

        bool mustBeThere = newest >= 0 && newest == changes.Length - 1
            && changes[newest].Value is not null && changes[newest].ExpiresAt > latestUtc;
        return mustBeThere ? $"key {key} is absent, and change {changes[newest].Number} was acknowledged" : null;
    }

    public override string ToString()
        => string.Join(
            Environment.NewLine,
            _changes.Select((changes, key) => string.Create(
                CultureInfo.InvariantCulture,
                $"  key {key}: {string.Join(", ", changes.Select(static change => $"{change.Number}: {change.Value?[..Math.Min(8, change.Value.Length)] ?? "-"}"))}")));
}
