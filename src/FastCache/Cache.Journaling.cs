using FastCache.Journaling;
using FastCache.Table;
using FastCache.Timing;

namespace FastCache;

public sealed partial class Cache<TKey, TValue>
{
    /// <summary>The moment that lifetimes count from. Asks the time provider.</summary>
    internal long Now => _clock.Now();

    /// <summary>Puts back what was written down before the cache began, if nothing has been heard of its key since.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">Its value then.</param>
    /// <param name="deadline">When it expires; 0 for never.</param>
    /// <param name="idleLimit">How long after its last access it expires; 0 for no such limit. This counts as an access.</param>
    /// <param name="now">The moment.</param>
    /// <param name="keyDigest">What the journal calls the key.</param>
    internal RestoreOutcome TryRestore(TKey key, TValue value, long deadline, long idleLimit, long now, ulong keyDigest)
    {
        Lifetime lifetime = _rules.OfRestored(deadline, idleLimit, now);
        if (lifetime.IsExpiredAt(now))
        {
            return RestoreOutcome.Expired;
        }

        KeyHash hash = Hash(key);
        return ShardOf(hash).TryRestore(key, hash, value, lifetime, keyDigest);
    }
}
