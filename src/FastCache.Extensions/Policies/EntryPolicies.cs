using System.Collections.Frozen;

namespace FastCache.Extensions.Policies;

/// <summary>The policies of a cache, by the first segment of a key: <c>document</c> is that of <c>document:17</c>.</summary>
/// <remarks>Asked when an entry is written that says nothing itself. Immutable; O(length of the longest name).</remarks>
internal sealed class EntryPolicies
{
    /// <summary>Ends the first segment of a key.</summary>
    public const char Separator = ':';

    private readonly FrozenDictionary<string, EntryOptions>.AlternateLookup<ReadOnlySpan<char>> _byName;
    private readonly int _longestName;

    private EntryPolicies(IDictionary<string, FastCacheEntryPolicy> policies)
    {
        FrozenDictionary<string, EntryOptions> byName = policies.ToFrozenDictionary(
            static policy => policy.Key, static policy => OptionsOf(policy.Value), StringComparer.OrdinalIgnoreCase);
        _byName = byName.GetAlternateLookup<ReadOnlySpan<char>>();
        _longestName = byName.Keys.Max(static name => name.Length);
    }

    /// <summary>Those of a cache's settings; null if there are none.</summary>
    public static EntryPolicies? Of(FastCacheOptions settings) => settings.Policies.Count == 0 ? null : new EntryPolicies(settings.Policies);

    /// <summary>What a policy says to a cache. What it leaves alone does not come from the cache's defaults.</summary>
    public static EntryOptions OptionsOf(FastCacheEntryPolicy policy)
        => EntryLifetime.Of(absolute: null, policy.Expiration, policy.SlidingExpiration);

    /// <summary>How an entry is to be kept: as it says itself, else as its key's policy says, if there is one.</summary>
    /// <param name="policies">The cache's; null if it has none.</param>
    /// <param name="own">What the entry says.</param>
    /// <param name="key">Its key, as the application has it.</param>
    public static EntryOptions Apply(EntryPolicies? policies, in EntryOptions own, object key)
    {
        if (policies is null || own.SetsExpiry || key is not string text || !policies.TryFind(text, out EntryOptions policy))
        {
            return own;
        }

        return own.Tags is { } tags ? policy with { Tags = tags } : policy;
    }

    /// <summary>How long an entry lives that says nothing itself, where entries cannot slide; null if no policy says it.</summary>
    public TimeSpan? ExpirationOf(string key)
        => TryFind(key, out EntryOptions policy) && policy.ExpireAfterWrite is { } life && life != Timeout.InfiniteTimeSpan ? life : null;

    private bool TryFind(string key, out EntryOptions policy)
    {
        ReadOnlySpan<char> start = key.AsSpan(0, Math.Min(key.Length, _longestName + 1));
        int length = start.IndexOf(Separator);
        policy = default;
        return length >= 0 && _byName.TryGetValue(start[..length], out policy);
    }
}
