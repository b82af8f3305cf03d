using System.Runtime.ExceptionServices;

namespace FastCache.Loading;

/// <summary>How a load ended: with a value, an exception, or for its own caller only.</summary>
internal readonly struct LoadOutcome<TValue>
{
    private readonly TValue? _value;
    private readonly Exception? _error;

    private LoadOutcome(TValue? value, Exception? error, bool handsOver = false, bool isStandIn = false)
    {
        _value = value;
        _error = error;
        HandsOver = handsOver;
        IsStandIn = isStandIn;
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

    public static LoadOutcome<TValue> Of(TValue value) => new(value, null);

    /// <summary>The load has failed, or takes too long; its callers get a stale value.</summary>
    public static LoadOutcome<TValue> StandIn(TValue value) => new(value, null, isStandIn: true);

    public static LoadOutcome<TValue> Failed(Exception error) => new(default, error);

    /// <summary>The load of several keys has brought nothing for this one: who wants it alone loads it.</summary>
    public static LoadOutcome<TValue> Missing { get; } = GivenUp(new KeyNotFoundException("The factory has returned no value for the key."));

    /// <summary>Whether this is <see cref="Missing"/>.</summary>
    public bool IsMissing => HandsOver && _error == Missing._error;

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
