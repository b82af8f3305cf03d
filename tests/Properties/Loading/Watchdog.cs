using System.Diagnostics;

namespace FastCache.Tests.Properties.Loading;

/// <summary>Notices that a run hangs, so that it fails with what it knows instead of being killed.</summary>
/// <remarks>The one place where tests look at the machine's clock: nothing that works depends on what it shows.</remarks>
internal readonly struct Watchdog(TimeSpan patience)
{
#pragma warning disable RS0030 // See the remarks.
    private readonly long _start = Stopwatch.GetTimestamp();

    /// <summary>Whether more time has passed since it was made than anything takes that does not hang.</summary>
    public bool HasNoPatience => Stopwatch.GetElapsedTime(_start) > patience;
#pragma warning restore RS0030
}
