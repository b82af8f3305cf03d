using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Extensions.Hybrid;

/// <summary>Programs of overlapping calls beside a second level that throws, hangs, answers late and is damaged.</summary>
public sealed class InterleavingTests
{
    private const int Programs = 100;
    private const int Steps = 80;

    [Theory(Timeout = 4 * Wait.Watchdog)]
    [InlineData("alone")]
    [InlineData("unreliable")]
    [InlineData("pair")]
    public async Task Nobody_gets_what_was_over_before_he_asked(string surroundings)
    {
        await Wait.LeaveRunner();
        int first = Environment.GetEnvironmentVariable("FASTCACHE_HYBRID_SEED") is { } text
            ? int.Parse(text, System.Globalization.CultureInfo.InvariantCulture)
            : Random.Shared.Next();
        for (int seed = first; seed != first + Programs; seed++)
        {
            await using var program = new HybridProgram(seed, surroundings);
            try
            {
                await program.RunAsync(Steps);
            }
            catch (Exception fault)
            {
                throw new InvalidOperationException($"FASTCACHE_HYBRID_SEED={seed}\n{program.Trace}", fault);
            }
        }
    }
}
