using static FastCache.Tests.Properties.Linearizability.OperationKind;

namespace FastCache.Tests.Properties.Linearizability;

/// <summary>One call, in numbers; a shape makes keys and values of them.</summary>
/// <param name="Kind">What is called.</param>
/// <param name="Key">The key.</param>
/// <param name="Value">The value that is written: no other operation of the program writes it.</param>
/// <param name="Milliseconds">A time to live, or how much time passes; <see cref="Infinite"/> for no end.</param>
/// <param name="BySpan">Whether the key is given by its characters, where keys are strings.</param>
/// <param name="Pause">How long the thread dawdles before the call, and in its factory.</param>
internal readonly record struct Operation(OperationKind Kind, int Key, int Value, int Milliseconds = 0, bool BySpan = false, int Pause = 0)
{
    public const int Infinite = -1;

    /// <summary>Values of one operation are this far from those of the next one.</summary>
    public const int ValuesEach = 100;

    /// <summary>How many other keys <see cref="Fill"/> adds.</summary>
    public const int FillLength = 40;

    /// <summary>What an update writes where an addition would write <see cref="Value"/>.</summary>
    public int UpdatedValue => Value + 1;

    /// <summary>Whether it concerns all keys.</summary>
    public bool ConcernsAllKeys => Kind is GetMany or Enumerate or GetOrAddMany or Clear or Advance;

    /// <summary>Whether it concerns none of the program's keys as such.</summary>
    public bool ConcernsNoKey => Kind is TrimExpired or Trim or Fill;

    /// <summary>Whether it runs a factory if the key is absent.</summary>
    public bool IsLoad => Kind is GetOrAdd or GetOrAddFor or GetOrAddFailing or GetOrAddAsync or GetOrAddYielding or GetOrAddMany;

    /// <summary>Whether it has a time to live of its own.</summary>
    public bool HasLife => Kind is SetFor or TryAddFor or GetOrAddFor or TrySetExpiry;

    /// <summary>What it loads for a key.</summary>
    public int LoadedValue(int key) => Kind == GetOrAddMany ? Value + 10 + key : Value;

    /// <summary>The call as C#.</summary>
    public override string ToString()
    {
        string cache = BySpan ? "bySpan" : "cache";
        string life = Milliseconds == Infinite
            ? "Timeout.InfiniteTimeSpan"
            : $"TimeSpan.FromMilliseconds({Milliseconds})";
        string options = $"new EntryOptions {{ ExpireAfterWrite = {life} }}";
        const string Passed = "new EntryOptions { ExpireAt = DateTimeOffset.MinValue }";
        return Kind switch
        {
            TryGet or TryPeek => $"{cache}.{Kind}({Key}, out _);",
            ContainsKey or Touch or TimeToLive => $"{cache}.{Kind}({Key});",
            GetMany => "cache.GetMany(keys);",
            Enumerate => "_ = cache.ToArray();",
            Set or TryAdd or TryUpdate => $"{cache}.{Kind}({Key}, {Value});",
            SetFor => $"cache.Set({Key}, {Value}, {options});",
            SetExpired => $"cache.Set({Key}, {Value}, {Passed});",
            TryAddFor => $"cache.TryAdd({Key}, {Value}, {options});",
            TryUpdateIf => $"cache.TryUpdate({Key}, {Value}, seen[{Key}]);",
            AddOrUpdate => $"cache.AddOrUpdate({Key}, {Value}, (_, _) => {UpdatedValue});",
            GetOrAdd => $"{cache}.GetOrAdd({Key}, _ => {Value});",
            GetOrAddFor => $"cache.GetOrAdd({Key}, _ => {Value}, {options});",
            GetOrAddFailing => $"cache.GetOrAdd({Key}, _ => throw new InvalidDataException());",
            GetOrAddAsync => $"await cache.GetOrAddAsync({Key}, (_, _) => ValueTask.FromResult({Value}));",
            GetOrAddYielding => $"await cache.GetOrAddAsync({Key}, async (_, _) => {{ await Task.Yield(); return {Value}; }});",
            GetOrAddMany => $"await cache.GetOrAddManyAsync(keys, (absent, _) => ValueTask.FromResult(absent.Select(key => new(key, {Value + 10} + key))));",
            OperationKind.TryRemove => $"{cache}.TryRemove({Key});",
            TryRemoveValue => $"cache.TryRemove({Key}, out _);",
            TryRemoveIf => $"cache.TryRemove(KeyValuePair.Create({Key}, seen[{Key}]));",
            TrySetExpiry => $"cache.TrySetExpiry({Key}, {options});",
            TrySetExpiryPassed => $"cache.TrySetExpiry({Key}, {Passed});",
            Clear => "cache.Clear();",
            TrimExpired => "cache.TrimExpired();",
            Trim => "cache.Trim(1);",
            Fill => $"for (int i = 0; i < {FillLength}; i++) cache.Set({Value * ValuesEach} + i, 0);",
            _ => $"time.AdvanceAtOnce(TimeSpan.FromMilliseconds({Milliseconds}));",
        };
    }
}
