using FastCache.Bench.Workloads;

namespace FastCache.Bench.Loading;

/// <summary>Keys drawn before anything is measured, one after the other, again and again.</summary>
/// <param name="keys">The keys; their number is a power of two.</param>
/// <param name="neverRepeats">Whether each lap gets a random salt, so that its keys are new.</param>
internal sealed class LoadKeys(long[] keys, bool neverRepeats)
{
    private SplitMix64 _salts = new(seed: 1);
    private long _salt;
    private int _next;

    public long Next()
    {
        if ((_next & (keys.Length - 1)) == 0 && neverRepeats)
        {
            _salt = (long)_salts.Next();
        }

        return keys[_next++ & (keys.Length - 1)] + _salt;
    }
}
