using FsCheck;
using FsCheck.Fluent;
using static FastCache.Tests.Properties.Linearizability.OperationKind;

namespace FastCache.Tests.Properties.Linearizability;

/// <summary>The mixes that the properties are about.</summary>
internal static class Mixes
{
    private static readonly (int Weight, OperationKind Kind)[] Reads
        = [(4, TryGet), (2, TryPeek), (1, ContainsKey), (1, GetMany), (1, Enumerate)];

    private static readonly (int Weight, OperationKind Kind)[] Writes
        = [(4, Set), (4, TryAdd), (3, TryUpdate), (5, TryUpdateIf), (4, AddOrUpdate)];

    private static readonly (int Weight, OperationKind Kind)[] Removals
        = [(2, OperationKind.TryRemove), (3, TryRemoveValue), (3, TryRemoveIf)];

    // Nothing of these runs on another thread than their caller's.
    private static readonly (int Weight, OperationKind Kind)[] Loads
        = [(6, GetOrAdd), (1, GetOrAddFailing)];

    private static readonly (int Weight, OperationKind Kind)[] Lives
        = [(2, Touch), (4, TimeToLive), (6, SetFor), (1, SetExpired), (4, TryAddFor), (4, TrySetExpiry), (1, TrySetExpiryPassed), (2, TrimExpired)];

    public static Mix Plain => new([.. Reads, .. Writes, .. Removals, (1, Clear), (2, GetOrAdd)], Mix.Roomy);

    public static Mix Removing => new([.. Reads, .. Writes, .. Times(3, Removals), (4, SetExpired)], Mix.Roomy);

    public static Mix Clearing => new([.. Reads, .. Writes, .. Removals, .. Loads, (12, Clear)], Mix.Roomy);

    /// <summary>The table grows, and shrinks when it is cleared.</summary>
    public static Mix Growing => new([.. Reads, .. Writes, .. Removals, (2, GetOrAdd), (1, Clear), (4, Fill)], Mix.Roomy);

    public static Mix Loading => new([.. Reads, .. Writes, .. Removals, .. Times(4, Loads), (1, Clear), (2, SetExpired)], Mix.Roomy);

    /// <summary>Loads are waited for on other threads, or go on there, and there are such of several keys.</summary>
    public static Mix LoadingElsewhere
        => new(
            [.. Reads, .. Writes, .. Removals, (8, GetOrAdd), (6, GetOrAddAsync), (8, GetOrAddYielding), (6, GetOrAddMany), (1, Clear)],
            Mix.Roomy);

    public static Mix Evicting
        => new(
            [.. Reads, .. Writes, .. Removals, .. Loads, (2, Trim), (2, Fill)],
            from setup in Mix.Roomy
            from capacity in Gen.Elements(1, 2, 3)
            select setup with { ShardCount = 1, Capacity = capacity, MayEvict = true });

    public static Mix Colliding
        => new(
            [.. Reads, .. Writes, .. Removals, .. Times(2, Loads), (1, Clear)],
            from setup in Mix.Roomy
            from codes in Gen.Elements(1, 1, 2)
            select setup with { HashCodes = codes });

    public static Mix Expiring
        => new(
            [.. Reads, .. Writes, .. Removals, .. Loads, .. Lives, (3, GetOrAddFor), (1, Clear), (8, Advance)],
            from setup in Mix.Roomy
            from clock in Gen.Elements(Linearizability.Expiring.Precisely, Linearizability.Expiring.Coarsely)
            from afterWrite in Gen.Elements<int?>(null, 20)
            select setup with { Expiring = clock, AfterWrite = afterWrite });

    /// <summary>Time is precise: in coarse time accesses are noted by ticks.</summary>
    public static Mix Sliding
        => new(
            [.. Times(2, Reads), .. Writes, .. Removals, .. Lives, (3, GetOrAdd), (8, Advance)],
            from setup in Mix.Roomy
            from afterWrite in Gen.Elements<int?>(null, 30)
            select setup with { Expiring = Linearizability.Expiring.Precisely, AfterAccess = 20, AfterWrite = afterWrite });

    private static IEnumerable<(int Weight, OperationKind Kind)> Times(int factor, (int Weight, OperationKind Kind)[] calls)
        => calls.Select(call => (factor * call.Weight, call.Kind));
}
