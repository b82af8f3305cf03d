namespace FastCache.Tests.Persistence.Simulation;

/// <summary>The moment at which an operation is about to change a storage.</summary>
/// <param name="Number">How many operations came before it.</param>
/// <param name="Operation">What it does.</param>
/// <param name="Name">The file, by the name that it was opened with; empty for the directory.</param>
/// <param name="Before">The storage without the operation.</param>
/// <param name="InFlight">The storage with the operation, not synced: torn, it may also be there in part. The same as
/// <paramref name="Before"/> for a sync.</param>
internal readonly record struct Boundary(int Number, StorageOperation Operation, string Name, StorageImage Before, StorageImage InFlight);
