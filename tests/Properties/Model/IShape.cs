namespace FastCache.Tests.Properties.Model;

/// <summary>Makes keys and values of a certain type from numbers, one to one.</summary>
internal interface IShape<TKey, TValue>
{
    static abstract TKey Key(int number);

    static abstract int NumberOf(TKey key);

    static abstract TValue Value(int number);
}

/// <summary>Keys hashed and values stored in place.</summary>
internal readonly struct IntShape : IShape<int, int>
{
    public static int Key(int number) => number;

    public static int NumberOf(int key) => key;

    public static int Value(int number) => number;
}

/// <summary>Keys by their characters, values by reference.</summary>
internal readonly struct TextShape : IShape<string, string>
{
    public static string Key(int number) => $"key-{number}";

    public static int NumberOf(string key) => int.Parse(key.AsSpan("key-".Length), provider: null);

    public static string Value(int number) => $"value-{number}";
}

/// <summary>Keys of two words with a reference in them, values too wide to be stored in place.</summary>
internal readonly struct WideShape : IShape<(int Number, string Text), WideValue>
{
    public static (int Number, string Text) Key(int number) => (number, $"key-{number}");

    public static int NumberOf((int Number, string Text) key) => key.Number;

    public static WideValue Value(int number) => new(number, ~number, $"value-{number}");
}

/// <summary>24 bytes, one reference among them.</summary>
internal readonly record struct WideValue(long Number, long Complement, string Text);
