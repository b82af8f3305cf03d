namespace FastCache.Tests.Properties.Expiry;

/// <summary>Times as programs write them: whole milliseconds, and two numbers for the ends of the scale.</summary>
internal static class Durations
{
    public const int Infinite = -1;
    public const int Longest = int.MaxValue;

    public static TimeSpan Of(int milliseconds) => milliseconds switch
    {
        Infinite => Timeout.InfiniteTimeSpan,
        Longest => TimeSpan.MaxValue,
        _ => TimeSpan.FromMilliseconds(milliseconds),
    };

    public static string Print(int milliseconds) => milliseconds switch
    {
        Infinite => "Timeout.InfiniteTimeSpan",
        Longest => "TimeSpan.MaxValue",
        _ => $"TimeSpan.FromMilliseconds({milliseconds})",
    };
}

/// <summary>Entry options in numbers.</summary>
/// <param name="AfterWrite">See <see cref="Durations"/>.</param>
/// <param name="AfterAccess">See above.</param>
/// <param name="At">How many milliseconds after the write; not above 0 for a moment that has passed.</param>
internal readonly record struct Lives(int? AfterWrite, int? AfterAccess, int? At)
{
    public bool IsSet => AfterWrite is not null || AfterAccess is not null || At is not null;

    public EntryOptions ToOptions(TimeProvider time) => new()
    {
        ExpireAfterWrite = AfterWrite is { } write ? Durations.Of(write) : null,
        ExpireAfterAccess = AfterAccess is { } access ? Durations.Of(access) : null,
        ExpireAt = At is { } at ? time.GetUtcNow() + TimeSpan.FromMilliseconds(at) : null,
    };

    public override string ToString()
    {
        string[] parts =
        [
            AfterWrite is { } write ? $"ExpireAfterWrite = {Durations.Print(write)}" : "",
            AfterAccess is { } access ? $"ExpireAfterAccess = {Durations.Print(access)}" : "",
            At is { } at ? $"ExpireAt = time.GetUtcNow() + TimeSpan.FromMilliseconds({at})" : "",
        ];
        return IsSet ? $"new EntryOptions {{ {string.Join(", ", parts.Where(part => part.Length > 0))} }}" : "default(EntryOptions)";
    }
}
