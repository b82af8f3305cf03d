namespace FastCache.Tests.Properties.Table;

/// <summary>One operation of a generated sequence.</summary>
/// <param name="Kind">Which operation: 0 to 99, so that shares can be given in percent.</param>
/// <param name="Argument">What it is applied to: 0 to 9999.</param>
internal readonly record struct Step(int Kind, int Argument);
