using System.Runtime.ExceptionServices;

namespace FastCache.Loading;

/// <summary>How a load ended: with a value, an exception, or for its own caller only.</summary>
internal readonly struct LoadOutcome<TValue>
{
    private readonly TValue? _value;
    private readonly Exception? _error;

    private LoadOutcome(TValue? value, Exception? error, bool handsOver)
    {
        _value = value;
        _error = error;
        HandsOver = handsOver;
    }

    public bool HasValue => _error is null;

    /// <summary>Why it failed; null if it did not.</summary>
    public Exception? Error => _error;

    /// <summary>
    /// Whether it ended because one caller gave up: the exception is for that caller, the others load anew.
    /// </summary>
    public bool HandsOver { get; }

    public static LoadOutcome<TValue> Of(TValue value) => new(value, null, handsOver: false);

    public static LoadOutcome<TValue> Failed(Exception error) => new(default, error, handsOver: false);

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

    /// <summary>The same for an asynchronous caller.</summary>
    public ValueTask<TValue> ToValueTask()
        => _error is null ? new ValueTask<TValue>(_value!) : ValueTask.FromException<TValue>(_error);
}
