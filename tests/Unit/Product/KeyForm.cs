namespace FastCache.Tests.Unit.Product;

/// <summary>Makes keys of one kind from numbers.</summary>
/// <param name="Make">Makes a key; of types with identity a new object each time.</param>
/// <param name="MakeTwin">Makes a key that equals the other of the same number, and may look different.</param>
/// <param name="NumberOf">Says what a key was made from.</param>
/// <param name="Comparer">How keys are compared; null: by default.</param>
internal sealed record KeyForm<TKey>(
    Func<int, TKey> Make, Func<int, TKey> MakeTwin, Func<TKey, int> NumberOf, IEqualityComparer<TKey>? Comparer)
    where TKey : notnull;
