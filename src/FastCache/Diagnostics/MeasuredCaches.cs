using FastCache.Journaling;

namespace FastCache.Diagnostics;

/// <summary>The caches that a meter observes, held weakly: one that the application has forgotten drops out.</summary>
/// <remarks>Thread-safe. Nothing of a cache is called under the lock.</remarks>
internal sealed class MeasuredCaches
{
    private const int FirstSweep = 16;
    private readonly Lock _gate = new();
    private readonly HashSet<WeakReference<IMeasuredCache>> _caches = [];
    private int _nextSweep = FirstSweep;

    /// <summary>References that are held, to live caches and not.</summary>
    public int Held
    {
        get
        {
            lock (_gate)
            {
                return _caches.Count;
            }
        }
    }

    /// <summary>Observes a cache from now on.</summary>
    /// <returns>What <see cref="Remove"/> takes.</returns>
    public WeakReference<IMeasuredCache> Add(IMeasuredCache cache)
    {
        var reference = new WeakReference<IMeasuredCache>(cache);
        lock (_gate)
        {
            if (_caches.Count >= _nextSweep)
            {
                // Seldom enough that adding is O(1) amortised.
                _caches.RemoveWhere(static other => !other.TryGetTarget(out _));
                _nextSweep = Math.Max(FirstSweep, 2 * _caches.Count);
            }

            _caches.Add(reference);
        }

        return reference;
    }

    /// <summary>Observes it no more.</summary>
    public void Remove(WeakReference<IMeasuredCache> reference)
    {
        lock (_gate)
        {
            _caches.Remove(reference);
        }
    }

    /// <summary>
    /// What caches have counted, added up by name: measurements with the same attributes would replace each other.
    /// </summary>
    /// <param name="isWanted">Which caches.</param>
    /// <returns>Names and sums; the empty name is that of caches without one.</returns>
    public Dictionary<string, CacheStatistics> SumByName(Predicate<IMeasuredCache> isWanted)
        => SumByName(cache => isWanted(cache) ? cache.Statistics : default(CacheStatistics?), static (sum, one) => sum.Plus(one));

    /// <summary>The same of their journals, if they have any.</summary>
    public Dictionary<string, JournalStatistics> SumJournalsByName()
        => SumByName(static cache => cache.JournalStatistics, static (sum, one) => sum.Plus(one));

    private Dictionary<string, T> SumByName<T>(Func<IMeasuredCache, T?> measure, Func<T, T, T> plus)
        where T : struct
    {
        WeakReference<IMeasuredCache>[] references;
        lock (_gate)
        {
            references = [.. _caches];
        }

        var sums = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (WeakReference<IMeasuredCache> reference in references)
        {
            if (reference.TryGetTarget(out IMeasuredCache? cache) && measure(cache) is { } measured)
            {
                string name = cache.Name ?? string.Empty;
                sums[name] = plus(sums.GetValueOrDefault(name), measured);
            }
        }

        return sums;
    }
}
