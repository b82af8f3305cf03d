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
    /// <param name="ExpiresAt">From when on the value must not be there, in ticks of UTC.</param>
    /// <param name="MayExpireAt">From when on it need not be there: a restart counts as an access, but is not written down.</param>
    /// <param name="IdleLimit">How much longer it lives after an access.</param>
    /// <param name="Tags">Those of the value.</param>
    public sealed record Change(int Number, string? Value, long ExpiresAt, long MayExpireAt, long IdleLimit, string[] Tags);

    public History With(int key, string? value, long expiresAt = long.MaxValue, long idleLimit = 0, string[]? tags = null)
        => With(key, new Change(Count + 1, value, expiresAt, expiresAt, idleLimit, tags ?? []));

    public History Cleared() => Removed(static _ => true);

    /// <summary>The same without the values that have a tag.</summary>
    public History WithoutTag(string tag) => Removed(key => Last(key) is { } last && last.Tags.Contains(tag));

    /// <summary>The same without the keys that begin with something.</summary>
    public History WithoutPrefix(string prefix) => Removed(key => LogPrograms.NameOf(key).StartsWith(prefix, StringComparison.Ordinal));

    private History Removed(Predicate<int> isRemoved)
    {
        History history = this;
        for (int key = 0; key < LogPrograms.Keys; key++)
        {
            history = isRemoved(key) ? history.With(key, value: null) : history;
        }

        return history;
    }

    public History AllAcknowledged() => new(_changes, Count, Count);

    public History AcknowledgedUpTo(int count) => new(_changes, Count, count);

    /// <summary>What is believed of a key: its last change.</summary>
    public Change? Last(int key) => _changes[key] is [.., var last] ? last : null;

    /// <summary>The same with a last change that need not be there any more.</summary>
    public History WithExpired(int key)
    {
        var changes = (Change[][])_changes.Clone();
        changes[key] = [.. changes[key][..^1], changes[key][^1] with { MayExpireAt = long.MinValue }];
        return new History(changes, Count, Acknowledged);
    }

    /// <summary>The same, of which nothing need be there any more.</summary>
    public History WithNothingSure()
        => new([.. _changes.Select(static changes => changes.Select(static change => change with { MayExpireAt = long.MinValue }).ToArray())], Count, Acknowledged);

    /// <summary>
    /// The same after the clock was set back: what is copied from then on has so much less until the end of its life, by the newest time in the log.
    /// </summary>
    public History WithClockSetBack(long ticks)
        => new(
            [.. _changes.Select(changes => changes
                .Select(change => change.MayExpireAt is long.MaxValue or long.MinValue ? change : change with { MayExpireAt = change.MayExpireAt - ticks })
                .ToArray())],
            Count,
            Acknowledged);

    /// <summary>
    /// The same with a value that a restart has brought back, and until when, as its cache sees it. By the log it may live longer, if the clock
    /// was set back; or shorter, because a restart counts as an access and is not written down.
    /// </summary>
    public History WithRestored(int key, string value, long expiresAt, long utcNow)
    {
        int newest = Array.FindLastIndex(_changes[key], change => change.Number <= Acknowledged);
        Change[] sources = [.. _changes[key].Skip(newest).Where(change => change.Value == value && change.ExpiresAt > utcNow)];
        long idleLimit = sources.Max(static change => change.IdleLimit);
        long longest = sources.Max(static change => change.ExpiresAt);
        return With(key, new Change(
            Count + 1,
            value,
            idleLimit == 0 ? longest : Math.Max(longest, utcNow + idleLimit),
            Math.Min(expiresAt, sources.Min(static change => change.MayExpireAt)),
            idleLimit,
            sources[0].Tags));
    }

    /// <summary>Says what is wrong with the value that a restart has brought back; null if nothing is.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">Its value; null if it is absent.</param>
    /// <param name="utcNow">The time.</param>
    /// <param name="latestUtc">The latest time that there ever was.</param>
    public string? FaultOf(int key, string? value, long utcNow, long latestUtc)
    {
        Change[] changes = _changes[key];
        int newest = Array.FindLastIndex(changes, change => change.Number <= Acknowledged);
        if (value is not null)
        {
            // A shorter life is a change of its own, with the same value.
            Change[] found = Array.FindAll(changes, change => change.Value == value);
            return found.Length == 0 ? $"key {key} has the value {value}, which was never put for it"
                : found[^1].Number <= Acknowledged && found[^1] != changes[newest] ? $"key {key} has the value of change {found[^1].Number}, and change {changes[newest].Number} was acknowledged"
                : found.All(change => change.ExpiresAt <= utcNow || (newest >= 0 && change.Number < changes[newest].Number)) ? $"key {key} has the value of change {found[^1].Number}, which has expired"
                : null;
        }

        bool mustBeThere = newest >= 0 && newest == changes.Length - 1
            && changes[newest].Value is not null && changes[newest].MayExpireAt > latestUtc;
        return mustBeThere ? $"key {key} is absent, and change {changes[newest].Number} was acknowledged" : null;
    }

    private History With(int key, Change change)
    {
        var changes = (Change[][])_changes.Clone();
        changes[key] = [.. changes[key], change];
        return new History(changes, Count + 1, Acknowledged);
    }

    public override string ToString()
        => string.Join(
            Environment.NewLine,
            _changes.Select((changes, key) => string.Create(
                CultureInfo.InvariantCulture,
                $"  key {key}: {string.Join(", ", changes.Select(static change => $"{change.Number}: {change.Value?[..Math.Min(8, change.Value.Length)] ?? "-"}"))}")));
}
