namespace FastCache.Tests.Unit.TestTypes;

/// <summary>Computes what a test tells it to; the default is a minute after each write.</summary>
internal class ScriptedExpiry<TKey, TValue> : IExpiry<TKey, TValue>
    where TKey : notnull
{
    public Func<TKey, TValue, TimeSpan> OnCreate { get; set; } = (_, _) => TimeSpan.FromMinutes(1);

    public Func<TKey, TValue, TimeSpan, TimeSpan> OnUpdate { get; set; } = (_, _, _) => TimeSpan.FromMinutes(1);

    public TimeSpan ExpireAfterCreate(TKey key, TValue value) => OnCreate(key, value);

    public TimeSpan ExpireAfterUpdate(TKey key, TValue value, TimeSpan timeToLive) => OnUpdate(key, value, timeToLive);
}

/// <summary>The same for reads too; the default is a minute after each.</summary>
internal sealed class ScriptedReadExpiry<TKey, TValue> : ScriptedExpiry<TKey, TValue>, IReadExpiry<TKey, TValue>
    where TKey : notnull
{
    public Func<TKey, TValue, TimeSpan, TimeSpan> OnRead { get; set; } = (_, _, _) => TimeSpan.FromMinutes(1);

    public TimeSpan ExpireAfterRead(TKey key, TValue value, TimeSpan timeToLive) => OnRead(key, value, timeToLive);
}
