namespace FastCache.Tests.Unit.Product;

/// <summary>A value behind a reference.</summary>
internal sealed record Note(int Number, int Version);
