using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace FastCache.Tests.Properties.Loading;

/// <summary>
/// Loads that overlap, end in all ways, and are invalidated meanwhile do what a model says that does one thing after the other:
/// one factory a key at a time, who waits gets what it is due when its load ends, and no value outlives its invalidation.
/// </summary>
public sealed class LoadProperties
{
    private const int MaxPrograms = 500;
    private const int MaxSteps = 60;

    [Fact]
    public void Loads_of_single_keys_agree_with_a_model() => Verify(LoadPrograms.OfSingleKeys());

    [Fact]
    public void Loads_of_several_keys_agree_with_a_model() => Verify(LoadPrograms.OfSeveralKeys());

    [Fact]
    public void Refreshes_and_stale_values_agree_with_a_model() => Verify(LoadPrograms.OfStaleValues());

    [Fact]
    public void Refreshes_agree_with_a_model_whatever_happens_to_the_entry_meanwhile() => Verify(LoadPrograms.OfRefreshedValues());

    private static void Verify(Arbitrary<LoadProgram> programs)
        => Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(MaxPrograms).WithStartSize(1).WithEndSize(MaxSteps),
            Prop.ForAll(programs, LoadRun.Run));
}
