namespace FastCache.Tests.Unit.Stress;

/// <summary>Makes keys from numbers, and values that say which key they belong to and how new they are.</summary>
internal interface IStressShape<TKey, TValue>
{
    static abstract TKey Key(int number);

    static abstract TValue Value(int number, int counter);

    /// <summary>
    /// The counter that the value was made with. Throws if the value is torn or belongs to another key.
    /// </summary>
    static abstract int Validate(int number, TValue value);

    /// <summary>The number that the key was made from.</summary>
    static abstract int NumberOf(TKey key);
}
