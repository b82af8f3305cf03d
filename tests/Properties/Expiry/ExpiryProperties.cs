using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace FastCache.Tests.Properties.Expiry;

/// <summary>A cache with room for all keys agrees with a dictionary that has a clock, whatever is done with it and when.</summary>
public sealed class ExpiryProperties
{
    private const int MaxPrograms = 600;
    private const int MaxOperations = 100;

    [Fact]
    public void Nothing_expires_early_and_nothing_is_returned_once_the_tick_after_its_end_has_begun()
        => Verify(isPrecise: false, isComputed: false);

    [Fact]
    public void In_precise_time_nothing_expires_early_and_nothing_expired_is_returned()
        => Verify(isPrecise: true, isComputed: false);

    [Fact]
    public void What_is_computed_decides_when_an_entry_expires()
        => Verify(isPrecise: false, isComputed: true);

    [Fact]
    public void In_precise_time_what_is_computed_decides_when_an_entry_expires()
        => Verify(isPrecise: true, isComputed: true);

    private static void Verify(bool isPrecise, bool isComputed)
        => Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(MaxPrograms).WithStartSize(1).WithEndSize(MaxOperations),
            Prop.ForAll(ExpiryPrograms.For(ExpiryPrograms.Setups(isPrecise, isComputed)), ExpiryRun.Run));
}
