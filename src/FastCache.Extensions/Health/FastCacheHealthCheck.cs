using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace FastCache.Extensions.Health;

/// <summary>Reports how the caches of a container are.</summary>
/// <remarks>What has failed is reported as the application has said at the registration; what is not as it should be, as degraded at most.</remarks>
internal sealed class FastCacheHealthCheck(FastCacheHealthMonitor monitor) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        List<CacheHealth> caches = monitor.Look();
        return Task.FromResult(new HealthCheckResult(
            StatusOf([.. caches.SelectMany(static cache => cache.Findings)], context.Registration.FailureStatus),
            Describe(caches),
            caches.Select(static cache => cache.Fault).FirstOrDefault(static fault => fault is not null),
            caches.SelectMany(static cache => cache.Data).ToDictionary()));
    }

    // The greater, the better.
    internal static HealthStatus StatusOf(IReadOnlyList<Finding> findings, HealthStatus failureStatus)
        => findings.Count == 0 ? HealthStatus.Healthy
            : findings.Any(static finding => finding.IsFailure) ? failureStatus
            : (HealthStatus)Math.Max((int)failureStatus, (int)HealthStatus.Degraded);

    private static string Describe(List<CacheHealth> caches)
        => string.Join(" ", caches.SelectMany(static cache => cache.Findings.Select(finding => $"{cache.Name} {finding.Text}."))) is { Length: > 0 } text
            ? text
            : $"{caches.Count} caches are well.";
}
