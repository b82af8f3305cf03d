using FastCache.Extensions.Hybrid;
using FastCache.Extensions.Policies;
using Microsoft.Extensions.Options;

namespace FastCache.Extensions.Registration;

/// <summary>Finds everything that is wrong with a cache's settings.</summary>
internal sealed class FastCacheOptionsValidator : IValidateOptions<FastCacheOptions>
{
    private const int MinLogMegabytes = 256;

    public ValidateOptionsResult Validate(string? name, FastCacheOptions options)
    {
        string whose = string.IsNullOrEmpty(name) ? "FastCache" : $"FastCache '{name}'";
        List<string> faults = [.. Faults(options).Select(fault => $"{whose}: {fault}")];
        if (options.PersistenceDirectory is not null && name is { Length: > 0 } && !IsFileName(name))
        {
            faults.Add($"{whose}: the name of a cache with a log must be the name of a directory.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    /// <exception cref="CacheOptionsException">Something is wrong.</exception>
    public static void ThrowIfInvalid(FastCacheOptions options, string paramName)
    {
        List<string> faults = [.. Faults(options)];
        if (faults.Count > 0)
        {
            throw new CacheOptionsException(faults, paramName);
        }
    }

    private static bool IsFileName(string name)
        => name is not ("." or "..")
            && name.AsSpan().IndexOfAny(Path.GetInvalidFileNameChars()) < 0
            && !name.Contains('\\', StringComparison.Ordinal);

    private static IEnumerable<string> Faults(FastCacheOptions options)
    {
        if (options.Capacity < 1)
        {
            yield return $"Capacity is {options.Capacity}; it must be at least 1.";
        }

        if (options.SizeLimit < 1)
        {
            yield return $"SizeLimit is {options.SizeLimit}; it must be at least 1.";
        }

        if (options.SizeLimitMegabytes < 1)
        {
            yield return $"SizeLimitMegabytes is {options.SizeLimitMegabytes}; it must be at least 1.";
        }

        if (options.SizeLimit is not null && options.SizeLimitMegabytes is not null)
        {
            yield return "SizeLimit and SizeLimitMegabytes are both set; one of them is the limit.";
        }

        if (options.MaxEntrySize is { } largest && (options.TotalSize is not { } total || largest < 1 || largest > total))
        {
            yield return $"MaxEntrySize is {largest}; it must be from 1 to the size limit, which must be set.";
        }

        foreach (string fault in FaultsOfTimes(options))
        {
            yield return fault;
        }

        foreach (string fault in FaultsOfPolicies(options))
        {
            yield return fault;
        }

        foreach (string fault in HybridOptionsValidator.Faults(options.Hybrid))
        {
            yield return fault;
        }

        if (!Enum.IsDefined(options.EvictionPolicy))
        {
            yield return $"EvictionPolicy is {(int)options.EvictionPolicy}; it must be a member of EvictionPolicy.";
        }

        if (options.KeyPrefix is null)
        {
            yield return "KeyPrefix is null; it may be empty.";
        }

        if (options.PersistenceDirectory is { } directory && string.IsNullOrWhiteSpace(directory))
        {
            yield return "PersistenceDirectory is empty; it must be a path, or null.";
        }

        if (!Enum.IsDefined(options.PersistenceDurability))
        {
            yield return $"PersistenceDurability is {(int)options.PersistenceDurability}; it must be a member of LogDurability.";
        }

        if (options.MaxLogMegabytes < MinLogMegabytes)
        {
            yield return $"MaxLogMegabytes is {options.MaxLogMegabytes}; it must be at least {MinLogMegabytes}.";
        }
    }

    private static IEnumerable<string> FaultsOfTimes(FastCacheOptions options)
    {
        if (options.DefaultExpiration <= TimeSpan.Zero)
        {
            yield return $"DefaultExpiration is {options.DefaultExpiration}; it must be positive.";
        }

        if (options.DefaultSlidingExpiration <= TimeSpan.Zero)
        {
            yield return $"DefaultSlidingExpiration is {options.DefaultSlidingExpiration}; it must be positive.";
        }

        if (options.ExpirationJitter < TimeSpan.Zero)
        {
            yield return $"ExpirationJitter is {options.ExpirationJitter}; it must not be negative.";
        }
    }

    private static IEnumerable<string> FaultsOfPolicies(FastCacheOptions options)
    {
        foreach ((string name, FastCacheEntryPolicy? policy) in options.Policies)
        {
            if (string.IsNullOrWhiteSpace(name) || name.Contains(EntryPolicies.Separator, StringComparison.Ordinal))
            {
                yield return $"Policies has the name '{name}'; it must be what stands before the first '{EntryPolicies.Separator}' of keys.";
            }

            if (policy is not { Expiration: not null } and not { SlidingExpiration: not null })
            {
                yield return $"Policies '{name}' says nothing; it must have an Expiration or a SlidingExpiration.";
                continue;
            }

            if (policy.Expiration <= TimeSpan.Zero)
            {
                yield return $"Policies '{name}' has an Expiration of {policy.Expiration}; it must be positive.";
            }

            if (policy.SlidingExpiration <= TimeSpan.Zero)
            {
                yield return $"Policies '{name}' has a SlidingExpiration of {policy.SlidingExpiration}; it must be positive.";
            }
        }
    }
}
