using static FastCache.Tests.Properties.Expiry.ExpiryOperationKind;

namespace FastCache.Tests.Properties.Expiry;

/// <summary>What a program does with a cache of entries that expire.</summary>
internal enum ExpiryOperationKind
{
    TryGet,
    TryPeek,
    Touch,
    TimeToLive,
    Set,
    SetWithOptions,
    TryAdd,
    TryUpdate,
    TryUpdateIf,
    AddOrUpdate,
    GetOrAdd,
    TryRemove,
    TrySetExpiry,
    TrimExpired,
    Clear,
    Advance,
    AdvanceAtOnce,
}

/// <summary>One call, in numbers.</summary>
/// <param name="Kind">What is called.</param>
/// <param name="Key">The key.</param>
/// <param name="Digit">What tells the values of one key apart: 0 to 9.</param>
/// <param name="Other">The digit of another value.</param>
/// <param name="Lives">How the entry is to be kept.</param>
/// <param name="Milliseconds">How much time passes.</param>
internal readonly record struct ExpiryOperation(ExpiryOperationKind Kind, int Key, int Digit, int Other, Lives Lives, int Milliseconds)
{
    public int Value => (Key * 10) + Digit;

    public int OtherValue => (Key * 10) + Other;

    public override string ToString() => Kind switch
    {
        TryGet => $"cache.TryGet({Key}, out _);",
        TryPeek => $"cache.TryPeek({Key}, out _);",
        Touch => $"cache.Touch({Key});",
        TimeToLive => $"cache.TimeToLive({Key});",
        Set => $"cache.Set({Key}, {Value});",
        SetWithOptions => $"cache.Set({Key}, {Value}, {Lives});",
        TryAdd => $"cache.TryAdd({Key}, {Value}, {Lives});",
        TryUpdate => $"cache.TryUpdate({Key}, {Value});",
        TryUpdateIf => $"cache.TryUpdate({Key}, {Value}, {OtherValue});",
        AddOrUpdate => $"cache.AddOrUpdate({Key}, {Value}, (_, _) => {OtherValue});",
        GetOrAdd => $"cache.GetOrAdd({Key}, _ => {Value}, {Lives});",
        TryRemove => $"cache.TryRemove({Key}, out _);",
        TrySetExpiry => $"cache.TrySetExpiry({Key}, {Lives});",
        TrimExpired => "cache.TrimExpired();",
        Clear => "cache.Clear();",
        Advance => $"time.Advance(TimeSpan.FromMilliseconds({Milliseconds}));",
        _ => $"time.AdvanceAtOnce(TimeSpan.FromMilliseconds({Milliseconds}));",
    };
}
