namespace FastCache.Tests.Properties.Model;

/// <summary>Makes keys and values of a certain type from numbers, one to one.</summary>
internal interface IShape<TKey, TValue>
{
    static abstract TKey Key(int number);

    static abstract int NumberOf(TKey key);

    static abstract TValue Value(int number);

    /// <summary>The number that a value was made from; -1 if it is none of these.</summary>
    static abstract int NumberOfValue(TValue value);
}

/// <summary>Keys hashed and values stored in place.</summary>
internal readonly struct IntShape : IShape<int, int>
{
    public static int Key(int number) => number;

    public static int NumberOf(int key) => key;

    public static int Value(int number) => number;

    public static int NumberOfValue(int value) => value;
}

/// <summary>Keys by their characters, values by reference.</summary>
internal readonly struct TextShape : IShape<string, string>
{
    public static string Key(int number) => $"key-{number}";

    public static int NumberOf(string key) => int.Parse(key.AsSpan("key-".Length), provider: null);

    public static string Value(int number) => $"value-{number}";

    public static int NumberOfValue(string value)
        => value.StartsWith("value-", StringComparison.Ordinal) ? int.Parse(value.AsSpan("value-".Length), provider: null) : -1;
}

/// <summary>Keys of two words with a reference in them, values too wide to be stored in place.</summary>
internal readonly struct WideShape : IShape<(int Number, string Text), WideValue>
{
    public static (int Number, string Text) Key(int number) => (number, $"key-{number}");

    public static int NumberOf((int Number, string Text) key) => key.Number;

    public static WideValue Value(int number) => new(number, ~number, $"value-{number}");

    public static int NumberOfValue(WideValue value) => value == Value((int)value.Number) ? (int)value.Number : -1;
}

/// <summary>24 bytes, one reference among them.</summary>
internal readonly record struct WideValue(long Number, long Complement, string Text);
