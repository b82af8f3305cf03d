using static FastCache.Tests.Properties.Model.OperationKind;

namespace FastCache.Tests.Properties.Model;

/// <summary>One call, in numbers; a shape makes keys and values of them.</summary>
/// <param name="Kind">What is called.</param>
/// <param name="Key">The key, or the first of several.</param>
/// <param name="Digit">What tells the values of one key apart: 0 to 9.</param>
/// <param name="Other">The digit of the value to compare with: 0 to 9.</param>
/// <param name="Length">How many keys follow one another in the calls that take several.</param>
internal readonly record struct Operation(OperationKind Kind, int Key, int Digit, int Other, int Length)
{
    private const int PrintedInFull = 6;

    /// <summary>Values name their key, so that one that belongs to another key is recognised.</summary>
    public static int ValueOf(int key, int digit) => (key * 10) + digit;

    /// <summary>The keys of a call that takes several: the first comes again at the end.</summary>
    public IEnumerable<int> Keys => Enumerable.Range(Key, Length).Append(Key);

    public override string ToString()
    {
        string value = $"{ValueOf(Key, Digit)}";
        string other = $"{ValueOf(Key, Other)}";
        return Kind switch
        {
            TryGet => $"cache.TryGet({Key}, out _);",
            TryPeek => $"cache.TryPeek({Key}, out _);",
            ContainsKey => $"cache.ContainsKey({Key});",
            Set => $"cache.Set({Key}, {value});",
            TryAdd => $"cache.TryAdd({Key}, {value});",
            TryUpdate => $"cache.TryUpdate({Key}, {value});",
            TryUpdateIf => $"cache.TryUpdate({Key}, {value}, {other});",
            AddOrUpdate => $"cache.AddOrUpdate({Key}, {value}, (_, _) => {other});",
            GetOrAdd => $"cache.GetOrAdd({Key}, _ => {value});",
            GetOrAddWithState => $"cache.GetOrAdd({Key}, (_, state) => state, {value});",
            TryRemove => $"cache.TryRemove({Key});",
            TryRemoveValue => $"cache.TryRemove({Key}, out _);",
            TryRemovePair => $"cache.TryRemove(KeyValuePair.Create({Key}, {value}));",
            Clear => "cache.Clear();",
            GetMany => $"cache.GetMany({PrintKeys()});",
            SetMany => $"cache.SetMany({PrintKeys()}.Select(key => KeyValuePair.Create(key, (key * 10) + {Digit})));",
            RemoveMany => $"cache.RemoveMany({PrintKeys()});",
            Enumerate => "_ = cache.ToArray();",
            _ => "_ = cache.Count;",
        };
    }

    private string PrintKeys()
        => Length <= PrintedInFull
            ? $"new int[] {{ {string.Join(", ", Keys)} }}"
            : $"Enumerable.Range({Key}, {Length}).Append({Key})";
}
