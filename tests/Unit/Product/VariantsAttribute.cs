using System.Reflection;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

namespace FastCache.Tests.Unit.Product;

/// <summary>Runs a promise for a pairwise selection of the product, or for all of it if the environment says so.</summary>
/// <remarks>
/// <c>FASTCACHE_PRODUCT=all</c> takes every combination. A test is named after its combination, so that a filter repeats one:
/// <c>--filter DisplayName~Guids-Wide-Weight-Computed-Lru-Small</c>.
/// </remarks>
[AttributeUsage(AttributeTargets.Method)]
public sealed class VariantsAttribute : DataAttribute
{
    private const string Variable = "FASTCACHE_PRODUCT";

    /// <summary>The smallest caches that the promise is made for.</summary>
    public SizeKind AtLeast { get; init; }

    internal static IEnumerable<Combination> Selection { get; } = Environment.GetEnvironmentVariable(Variable) == "all"
        ? [.. Combination.All]
        : [.. CoveringArray.Pairwise(Combination.Choices).Select(Combination.Of)];

    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker)
        => new([.. Selection.Where(combination => combination.Size >= AtLeast).Select(static combination => new TheoryDataRow(Make(combination)))]);

    public override bool SupportsDiscoveryEnumeration() => true;

    private static object Make(Combination combination)
        => Activator.CreateInstance(
            typeof(Variant<,>).MakeGenericType(Forms.TypeOf(combination.Key), Forms.TypeOf(combination.Value)), combination)!;
}
