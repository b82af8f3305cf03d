using FastCache.Persistence.Storage;

namespace FastCache.Persistence.Inspection;

/// <summary>Which log is looked at, and how.</summary>
/// <param name="Directory">Where it is.</param>
/// <param name="Codec">The application's codec, if it has one.</param>
internal sealed record InspectionSetup(string Directory, IBlockCodec? Codec = null)
{
    /// <summary>Says what has expired.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Opens the storage; for tests.</summary>
    public Func<string, IReadOnlyStorage>? OpenStorage { get; init; }
}
