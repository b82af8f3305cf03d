using FastCache.Tests.Extensions.TestTypes;
using Microsoft.Extensions.Caching.Memory;
using Xunit;

namespace FastCache.Tests.Extensions.Memory;

public sealed class EntryPropertiesTests : IAsyncDisposable
{
    private readonly TestMemoryCache _test = new();
    private readonly ICacheEntry _entry;

    public EntryPropertiesTests() => _entry = _test.Cache.CreateEntry("key");

    public ValueTask DisposeAsync() => _test.DisposeAsync();

    public static TheoryData<DateTimeOffset> Moments =>
    [
        DateTimeOffset.MinValue,
        DateTimeOffset.MaxValue,
        new DateTimeOffset(2051, 1, 2, 3, 4, 5, TimeSpan.FromHours(14)),
        new DateTimeOffset(2051, 1, 2, 3, 4, 5, TimeSpan.FromMinutes(-570)),
        new DateTimeOffset(DateTime.MinValue, TimeSpan.FromHours(-14)),
        new DateTimeOffset(DateTime.MaxValue, TimeSpan.FromHours(14)),
    ];

    [Fact]
    public void A_new_entry_says_nothing()
    {
        Assert.Equal("key", _entry.Key);
        Assert.Null(_entry.Value);
        Assert.Null(_entry.AbsoluteExpiration);
        Assert.Null(_entry.AbsoluteExpirationRelativeToNow);
        Assert.Null(_entry.SlidingExpiration);
        Assert.Null(_entry.Size);
        Assert.Equal(CacheItemPriority.Normal, _entry.Priority);
        Assert.Empty(_entry.ExpirationTokens);
        Assert.Empty(_entry.PostEvictionCallbacks);
    }

    [Theory]
    [MemberData(nameof(Moments))]
    public void A_moment_is_given_back_as_it_was_with_its_offset(DateTimeOffset moment)
    {
        _entry.AbsoluteExpiration = moment;

        Assert.Equal(moment, _entry.AbsoluteExpiration);
        Assert.Equal(moment.Offset, _entry.AbsoluteExpiration.Value.Offset);
    }

    [Fact]
    public void What_was_set_is_given_back_and_can_be_unset()
    {
        _entry.AbsoluteExpirationRelativeToNow = TimeSpan.FromTicks(1);
        _entry.SlidingExpiration = TimeSpan.MaxValue;
        _entry.Size = long.MaxValue;
        _entry.Priority = CacheItemPriority.High;
        Assert.Equal(TimeSpan.FromTicks(1), _entry.AbsoluteExpirationRelativeToNow);
        Assert.Equal(TimeSpan.MaxValue, _entry.SlidingExpiration);
        Assert.Equal(long.MaxValue, _entry.Size);
        Assert.Equal(CacheItemPriority.High, _entry.Priority);

        _entry.AbsoluteExpiration = null;
        _entry.AbsoluteExpirationRelativeToNow = null;
        _entry.SlidingExpiration = null;
        _entry.Size = null;

        Assert.Null(_entry.AbsoluteExpiration);
        Assert.Null(_entry.AbsoluteExpirationRelativeToNow);
        Assert.Null(_entry.SlidingExpiration);
        Assert.Null(_entry.Size);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(-10_000)]
    public void A_duration_must_be_positive(long ticks)
    {
        var duration = TimeSpan.FromTicks(ticks);

        Assert.Throws<ArgumentOutOfRangeException>(
            nameof(_entry.AbsoluteExpirationRelativeToNow), () => _entry.AbsoluteExpirationRelativeToNow = duration);
        Assert.Throws<ArgumentOutOfRangeException>(nameof(_entry.SlidingExpiration), () => _entry.SlidingExpiration = duration);
    }

    [Fact]
    public void A_size_must_not_be_negative_before_and_after_the_commit()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _entry.Size = -1);
        Assert.Throws<ArgumentOutOfRangeException>(() => _entry.SetSize(-1));

        _entry.Dispose();

        Assert.Throws<ArgumentOutOfRangeException>(() => _entry.Size = -1);
    }

    [Fact]
    public void The_size_cannot_be_changed_after_the_commit()
    {
        _entry.Size = 5;
        _entry.Value = 1;
        _entry.Dispose();

        Assert.Throws<InvalidOperationException>(() => _entry.Size = 6);
        Assert.Throws<InvalidOperationException>(() => _entry.Size = null);
        Assert.Equal(5, _entry.Size);
    }

    [Fact]
    public void The_value_can_be_changed_after_the_commit()
    {
        _entry.Value = 1;
        _entry.Dispose();

        _entry.Value = 2;

        Assert.Equal(2, ((IMemoryCache)_test.Cache).Get("key"));
    }

    [Fact]
    public void Tokens_and_callbacks_are_lists_before_and_after_the_commit()
    {
        var first = new ManualToken();
        var second = new ManualToken();
        _entry.ExpirationTokens.Add(second);
        _entry.ExpirationTokens.Insert(0, first);
        _entry.Value = 1;
        _entry.Dispose();

        Assert.Equal([first, second], _entry.ExpirationTokens);
        _entry.ExpirationTokens.Clear();
        _entry.PostEvictionCallbacks.Add(_test.Evictions.Registration);

        Assert.Empty(_entry.ExpirationTokens);
        Assert.Single(_entry.PostEvictionCallbacks);
    }

    [Fact]
    public void A_callback_of_null_is_refused_by_SetOptions()
    {
        var options = new MemoryCacheEntryOptions { PostEvictionCallbacks = { new PostEvictionCallbackRegistration() } };

        Assert.Throws<ArgumentException>(() => _entry.SetOptions(options));
    }
}
