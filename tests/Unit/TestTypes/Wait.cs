using System.Runtime.CompilerServices;
using Xunit;

namespace FastCache.Tests.Unit.TestTypes;

/// <summary>Waits for what happens in the background and gives no signal.</summary>
internal static class Wait
{
    /// <summary>After this many milliseconds a test that waits is given up: it waits for what never happens.</summary>
    public const int Watchdog = 30_000;

    /// <summary>Leaves the runner's thread, so that the watchdog works even if what follows never returns.</summary>
    public static ConfiguredTaskAwaitable LeaveRunner()
        => Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);

    /// <summary>Returns when the condition holds; for tests with <see cref="Watchdog"/> as their timeout.</summary>
    public static void Until(Func<bool> condition)
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        var wait = default(SpinWait);
        while (!condition())
        {
            cancellation.ThrowIfCancellationRequested();
            wait.SpinOnce();
        }
    }
}
