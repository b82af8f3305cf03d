using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Expiry;

/// <summary>An entry that lives on while a read asks for the time is found: it is there throughout.</summary>
public class ExpiryRenewalTests
{
    private const int Key = 1;
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);

    private static readonly Dictionary<string, Func<Cache<int, int>, bool>> Reads = new()
    {
        ["TryGet"] = static cache => cache.TryGet(Key, out _),
        ["TryPeek"] = static cache => cache.TryPeek(Key, out _),
        ["GetEnumerator"] = static cache => cache.GetEnumerator().MoveNext(),
    };

    private static readonly Dictionary<string, Action<Cache<int, int>>> Renewals = new()
    {
        ["Set"] = static cache => cache.Set(Key, 2, ExpiringCache.For(Long)),
        ["TrySetExpiry"] = static cache => cache.TrySetExpiry(Key, ExpiringCache.For(Long)),
        ["Touch"] = static cache => cache.Touch(Key),
    };

    private readonly ManualTimeProvider _time = new();
    private readonly ScriptedTimeProvider _provider;

    public ExpiryRenewalTests() => _provider = new ScriptedTimeProvider(_time);

    public static MatrixTheoryData<string, string> Cases => new(Reads.Keys, Renewals.Keys);

    [Theory]
    [MemberData(nameof(Cases))]
    public void An_entry_that_is_renewed_while_a_read_asks_for_the_time_is_found(string read, string renewal)
    {
        using Cache<int, int> cache = ExpiringCache.Of<int, int>(_provider, options => options.PreciseExpiry = true);
        cache.Set(Key, 1, renewal == "Touch" ? ExpiringCache.Idle(Short) : ExpiringCache.For(Short));
        _time.Advance(Short / 2);
        OnceAskedForTheTime(() =>
        {
            Renewals[renewal](cache);
            _time.Advance(Short / 2);
        });

        Assert.True(Reads[read](cache));
    }

    [Theory]
    [InlineData("TryGet")]
    [InlineData("TryPeek")]
    [InlineData("GetEnumerator")]
    public void An_entry_that_expires_while_a_read_asks_for_the_time_is_not_found(string read)
    {
        using Cache<int, int> cache = ExpiringCache.Of<int, int>(_provider, options => options.PreciseExpiry = true);
        cache.Set(Key, 1, ExpiringCache.For(Short));
        OnceAskedForTheTime(() => _time.Advance(Short));

        Assert.False(Reads[read](cache));
    }

    private void OnceAskedForTheTime(Action action)
        => _provider.OnGetTimestamp = () =>
        {
            _provider.OnGetTimestamp = null;
            action();
        };
}
