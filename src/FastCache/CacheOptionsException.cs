namespace FastCache;

/// <summary>Options that a cache cannot be made from; every fault is named at once.</summary>
public sealed class CacheOptionsException : ArgumentException
{
    /// <summary>Makes the exception from the faults found.</summary>
    /// <param name="faults">One sentence a fault: the option, its value, the limit.</param>
    /// <param name="paramName">The parameter that holds the options.</param>
    /// <exception cref="ArgumentNullException"><paramref name="faults"/> is null.</exception>
    public CacheOptionsException(IReadOnlyList<string> faults, string? paramName)
        : base(Describe(faults), paramName)
        => Faults = faults;

    /// <summary>One sentence a fault: the option, its value, the limit.</summary>
    public IReadOnlyList<string> Faults { get; }

    private static string Describe(IReadOnlyList<string> faults)
    {
        ArgumentNullException.ThrowIfNull(faults);
        return string.Join(" ", faults);
    }
}
