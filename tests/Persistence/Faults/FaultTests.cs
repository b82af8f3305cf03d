using FastCache.Persistence.Storage;
using FastCache.Tests.Persistence.TestTypes;
using Xunit;

namespace FastCache.Tests.Persistence.Faults;

/// <summary>
/// Whichever operation of the disk fails, and for however long: the cache goes on, nothing wrong comes back after a restart at any moment, and
/// what was acknowledged does, unless the log has said that it has lost it.
/// </summary>
/// <remarks><c>FASTCACHE_FAULT_PROGRAMS=20</c> runs more programs.</remarks>
public sealed class FaultTests(ITestOutputHelper output)
{
    private static readonly int Programs = (int)Switch.Number("FASTCACHE_FAULT_PROGRAMS", byDefault: 2);

    [Theory]
    [InlineData(1, (int)StorageError.DeviceFailed)]
    [InlineData(3, (int)StorageError.DeviceFailed)]
    [InlineData(12, (int)StorageError.DeviceFailed)]
    [InlineData(int.MaxValue, (int)StorageError.DeviceFailed)]
    [InlineData(1, (int)StorageError.NoSpace)]
    [InlineData(3, (int)StorageError.NoSpace)]
    [InlineData(12, (int)StorageError.NoSpace)]
    [InlineData(int.MaxValue, (int)StorageError.NoSpace)]
    public void Operations_that_fail_lose_nothing_in_silence(int count, int error)
    {
        (long runs, long restarts, long mends, long resumptions) = (0, 0, 0, 0);
        for (int seed = 0; seed < Programs; seed++)
        {
            int last = int.MaxValue;
            for (int from = 0; from < last; from++)
            {
                using var run = new FaultRun(new FaultPlan(seed, from, count, (StorageError)error));
                run.Run();
                (runs, restarts, mends, resumptions) = (runs + 1, restarts + run.Restarts, mends + run.Mends, resumptions + run.Resumptions);
                last = run.Boundaries;
            }
        }

        output.WriteLine($"{runs} runs, {restarts} restarts, {mends} mends, {resumptions} resumptions.");
        Assert.True(mends + resumptions > 0);
    }
}
