namespace FastCache.Tests.Unit.Product;

/// <summary>Makes values of one kind that say which key they belong to and which version of its value they are.</summary>
/// <param name="Make">Makes a value from a number and a version.</param>
/// <param name="Read">Says what a value was made from; null of a value that does not say it. Throws if it is torn.</param>
internal sealed record ValueForm<TValue>(Func<int, int, TValue> Make, Func<TValue, (int Number, int Version)?> Read);
