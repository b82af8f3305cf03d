using System.Globalization;

namespace FastCache.Extensions.Health;

/// <summary>Finds what is not well in how a cache serves.</summary>
internal static class CacheExamination
{
    public static IEnumerable<Finding> Of(CacheWatch watch, FastCacheHealthOptions options)
    {
        if (watch.Rates is not { } rates)
        {
            yield break;
        }

        if (rates.HitRatio < options.MinHitRatio)
        {
            yield return new Finding(Text($"has {rates.HitRatio:P1} hits, less than MinHitRatio, {options.MinHitRatio:P1}"));
        }

        if (rates.UsualHitRatio - rates.HitRatio > options.MaxHitRatioDrop)
        {
            yield return new Finding(Text(
                $"has {rates.HitRatio:P1} hits, and usually {rates.UsualHitRatio:P1}: a fall of more than MaxHitRatioDrop, {options.MaxHitRatioDrop:P1}"));
        }

        if (rates.EvictionsPerHit > options.MaxEvictionsPerHit && rates.Evictions >= Math.Max(options.MinRequests, watch.Last.Statistics.Count))
        {
            yield return new Finding(Text(
                $"thrashes: it has given up {rates.Evictions} entries for {rates.Hits} hits, more than MaxEvictionsPerHit, {options.MaxEvictionsPerHit}"));
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
