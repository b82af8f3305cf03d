using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace FastCache.Tests.Persistence.Crashes;

/// <summary>
/// Whatever is done to a cache, and wherever in it the process or the machine stops: what comes back was put, is not older than what was
/// acknowledged, has not expired; and what was acknowledged comes back.
/// </summary>
/// <remarks>
/// <c>FASTCACHE_CRASH_PROGRAMS=100000</c> runs more programs, <c>FASTCACHE_CRASH_REPLAY="(seed,gamma)"</c> those of a failure that was
/// printed.
/// </remarks>
public sealed class CrashProperties(ITestOutputHelper output)
{
    private const int DefaultPrograms = 2_000;
    private const int MaxSteps = 24;

    [Fact]
    public void A_restart_after_a_crash_at_any_operation_brings_back_nothing_that_is_wrong_and_all_that_was_acknowledged()
    {
        long restarts = 0;
        Config config = Config.QuickThrowOnFailure
            .WithMaxTest(Programs)
            .WithStartSize(1)
            .WithEndSize(MaxSteps);
        if (Environment.GetEnvironmentVariable("FASTCACHE_CRASH_REPLAY") is { Length: > 0 } replay)
        {
            ulong[] seed = [.. replay.Trim('(', ')').Split(',').Select(static part => ulong.Parse(part, CultureInfo.InvariantCulture))];
            config = config.WithReplay(seed[0], seed[1]);
        }

        FsCheck.Check.One(config, Prop.ForAll(LogPrograms.Arbitrary(), program =>
        {
            restarts += CrashRun.Run(program);
        }));

        output.WriteLine($"{Programs} programs, {restarts} restarts.");
        Assert.True(restarts > Programs);
    }

    private static int Programs
        => int.TryParse(Environment.GetEnvironmentVariable("FASTCACHE_CRASH_PROGRAMS"), out int programs) ? programs : DefaultPrograms;
}
