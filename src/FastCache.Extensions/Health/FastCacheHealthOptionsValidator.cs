using Microsoft.Extensions.Options;

namespace FastCache.Extensions.Health;

/// <summary>Finds everything that is wrong with the thresholds.</summary>
internal sealed class FastCacheHealthOptionsValidator : IValidateOptions<FastCacheHealthOptions>
{
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromSeconds(1);

    public ValidateOptionsResult Validate(string? name, FastCacheHealthOptions options)
    {
        string[] faults = [.. Faults(options).Select(static fault => $"FastCache:Health: {fault}")];
        return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Faults(FastCacheHealthOptions options)
    {
        if (options.Interval < ShortestInterval)
        {
            yield return $"Interval is {options.Interval}; it must be at least {ShortestInterval}.";
        }

        if (options.MinRequests < 1)
        {
            yield return $"MinRequests is {options.MinRequests}; it must be at least 1.";
        }

        if (options.MaxHitRatioDrop is not (> 0 and <= 1))
        {
            yield return FormattableString.Invariant($"MaxHitRatioDrop is {options.MaxHitRatioDrop}; it must be above 0 and at most 1.");
        }

        if (options.MinHitRatio is { } ratio and not (>= 0 and <= 1))
        {
            yield return FormattableString.Invariant($"MinHitRatio is {ratio}; it must be from 0 to 1.");
        }

        if (options.MaxEvictionsPerHit is not > 0)
        {
            yield return FormattableString.Invariant($"MaxEvictionsPerHit is {options.MaxEvictionsPerHit}; it must be above 0.");
        }

        if (options.MaxLogFill is not (> 0 and <= 1))
        {
            yield return FormattableString.Invariant($"MaxLogFill is {options.MaxLogFill}; it must be above 0 and at most 1.");
        }

        if (options.MaxLogWaitRatio is not (>= 0 and <= 1))
        {
            yield return FormattableString.Invariant($"MaxLogWaitRatio is {options.MaxLogWaitRatio}; it must be from 0 to 1.");
        }

        if (options.MinFreeDiskMegabytes < 0)
        {
            yield return $"MinFreeDiskMegabytes is {options.MinFreeDiskMegabytes}; it must not be negative.";
        }
    }
}
