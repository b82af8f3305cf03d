using Microsoft.Extensions.Hosting;

namespace FastCache.Extensions.Registration;

/// <summary>Opens what was registered before the application serves, and closes the logs after it has.</summary>
/// <remarks>In the steps that surround the starts and the stops of all services, a web server's included.</remarks>
internal sealed class FastCacheHostedService(FastCacheProvider provider, IEnumerable<CacheRegistration> registrations) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        // All of them first: wrong options are told before any log is opened.
        ICacheInstance[] instances = [.. registrations.Select(registration => registration.Find(provider)).OfType<ICacheInstance>()];

        // One after the other: the first that fails is the one to be told.
        foreach (ICacheInstance instance in instances)
        {
            await instance.OpenAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => provider.CloseLogsAsync();
}
