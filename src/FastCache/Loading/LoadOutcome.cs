using System.Runtime.ExceptionServices;

namespace FastCache.Loading;

/// <summary>How a load ended: with a value, an exception, or for its own caller only.</summary>
internal readonly struct LoadOutcome<TValue>
{
    private readonly TValue? _value;
    private readonly Exception? _error;

    private LoadOutcome(TValue? value, Exception? error, bool handsOver = false, bool isStandIn = false, bool isOutdated = false)
    {
        _value = value;
        _error = error;
        HandsOver = handsOver;
        IsStandIn = isStandIn;
        IsOutdated = isOutdated;
    }

    public bool HasValue => _error is null;

    /// <summary>Why it failed; null if it did not.</summary>
    public Exception? Error => _error;

    /// <summary>
    /// Whether it ended because one caller gave up: the exception is for that caller, the others load anew.
    /// </summary>
    public bool HandsOver { get; }

    /// <summary>Whether the value is a stale one in place of the one that was wanted.</summary>
    public bool IsStandIn { get; }

    /// <summary>Whether a tag of the value was invalidated after the load had begun.</summary>
    public bool IsOutdated { get; }

    public static LoadOutcome<TValue> Of(TValue value) => new(value, null);

    /// <summary>The load has failed, or takes too long; its callers get a stale value.</summary>
    public static LoadOutcome<TValue> StandIn(TValue value) => new(value, null, isStandIn: true);

    public static LoadOutcome<TValue> Failed(Exception error) => new(default, error);

    /// <summary>The load of several keys has brought nothing for this one: who wants it alone loads it.</summary>
    public static LoadOutcome<TValue> Missing { get; } = GivenUp(new KeyNotFoundException("The factory has returned no value for the key."));

    /// <summary>Whether this is <see cref="Missing"/>.</summary>
    public bool IsMissing => HandsOver && _error == Missing._error;

    /// <summary>The same value, for those only who asked before its tag was invalidated.</summary>
    public LoadOutcome<TValue> AsOutdated() => new(_value, null, isOutdated: true);

    /// <summary>Whether it is the answer for a caller who has begun in a certain way; else he asks again.</summary>
    public bool IsFor(LoadStart start)
        => start switch
        {
            LoadStart.Lead => true,
            LoadStart.Join => !HandsOver,
            LoadStart.JoinLate => !HandsOver && !IsOutdated,
            _ => false,
        };

    public static LoadOutcome<TValue> GivenUp(Exception error) => new(default, error, handsOver: true);

    /// <summary>The value; throws what the load failed with.</summary>
    public TValue GetValue()
    {
        if (_error is not null)
        {
            ExceptionDispatchInfo.Throw(_error);
        }

        return _value!;
    }
}
