using System.Text;
using FastCache.Persistence;
using FastCache.Tests.Persistence.Simulation;
using FastCache.Tests.Persistence.TestTypes;
using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Persistence.Serialization;

/// <summary>Bytes that a serializer refuses cost an entry its place, and not the restart.</summary>
public sealed class FaultedEntryTests : IDisposable
{
    private readonly ManualTimeProvider _time = new();
    private SimulatedStorage _storage = new();

    public void Dispose() => _storage.Dispose();

    [Fact]
    public void A_value_of_a_wrong_length_is_counted_and_the_others_are_restored()
    {
        RequireOneFaulted("bool", new byte[2], true);
        RequireOneFaulted("i32", new byte[5], 7);
        RequireOneFaulted("f64", new byte[7], 7.5);
        RequireOneFaulted("decimal", new byte[17], 7.5m);
        RequireOneFaulted("guid", new byte[15], Guid.AllBitsSet);
        RequireOneFaulted("datetime", new byte[10], _time.GetUtcNow().UtcDateTime);
        RequireOneFaulted("datetimeoffset", new byte[11], _time.GetUtcNow());
        RequireOneFaulted("timespan", new byte[9], TimeSpan.FromTicks(7));
    }

    [Fact]
    public void A_value_that_is_no_text_is_counted_and_the_others_are_restored()
    {
        RequireOneFaulted("string", [0xC0], "seven");
        RequireOneFaulted("string", [0xFF, 0x00], "seven");
    }

    [Fact]
    public void A_value_that_is_no_json_is_counted_and_the_others_are_restored()
    {
        ILogSerializer<Order> json = LogSerializer.Json(JsonTypes.Default.Order);
        RequireOneFaulted(json.Format, Encoding.UTF8.GetBytes("""{"Number":"""), new Order(1, "one", 1, []), json);
    }

    [Fact]
    public void A_key_that_is_refused_is_counted_and_the_others_are_restored()
    {
        var named = new NamedSerializer<int>("i32", static key => key == 1 ? new byte[3] : BitConverter.GetBytes(key));
        Write<int, string>(options => options.KeySerializer = named, (1, "one"), (2, "two"));

        using var cache = Restored<int, string>(null, out RecoveryReport report);

        Assert.Equal((1, 1), (report.Restored, report.Faulted));
        Assert.True(cache.TryGet(2, out string? two));
        Assert.Equal("two", two);
    }

    [Fact]
    public void What_a_serializer_throws_while_it_writes_passes_through_and_nothing_is_stored()
    {
        var values = new NamedSerializer<string>(
            "string",
            static value => value == "bad" ? throw new InvalidOperationException(value) : Encoding.UTF8.GetBytes(value));
        CacheLog<int, string> log = SeededLog.Open<int, string>(_storage, _time, seed: 1, options => options.ValueSerializer = values);
        log.Cache.Set(1, "old");
        Assert.Throws<InvalidOperationException>(() => log.Cache.Set(1, "bad"));
        Assert.Throws<InvalidOperationException>(() => log.Cache.Set(2, "bad"));
        Assert.Equal("old", log.Cache.ToArray().Single().Value);
        log.Cache.Set(3, "new");
        Stop(log);

        using var cache = Restored<int, string>(null, out RecoveryReport report);

        Assert.Equal(2, report.Restored);
        Assert.Equal([(1, "old"), (3, "new")], cache.Select(static entry => (entry.Key, entry.Value)).Order());
    }

    private void RequireOneFaulted<T>(string format, byte[] refused, T value, ILogSerializer<T>? serializer = null)
    {
        serializer ??= Wire.Of<T>();
        Assert.Equal(format, serializer.Format);
        bool isFirst = true;
        var named = new NamedSerializer<T>(format, value =>
        {
            byte[] bytes = isFirst ? refused : serializer.Write(value);
            isFirst = false;
            return bytes;
        });
        Write<int, T>(options => options.ValueSerializer = named, (1, value), (2, value));

        using var cache = Restored<int, T>(serializer, out RecoveryReport report);

        Assert.True(report is { Restored: 1, Faulted: 1, Discarded: LogDiscardReason.None }, $"{typeof(T)}: {report}");
        Assert.True(cache.TryGet(2, out T? read));
        Assert.Equal(value, read);
    }

    private void Write<TKey, TValue>(Action<CacheLogOptions<TKey, TValue>> configure, params (TKey Key, TValue Value)[] entries)
        where TKey : notnull
    {
        CacheLog<TKey, TValue> log = SeededLog.Open(_storage, _time, seed: 1, configure);
        foreach ((TKey key, TValue value) in entries)
        {
            log.Cache.Set(key, value);
        }

        Stop(log);
    }

    private Cache<TKey, TValue> Restored<TKey, TValue>(ILogSerializer<TValue>? values, out RecoveryReport report)
        where TKey : notnull
    {
        CacheLog<TKey, TValue> log = SeededLog.Open<TKey, TValue>(_storage, _time, seed: 2, options => options.ValueSerializer = values);
        report = log.Restored.GetAwaiter().GetResult();
        _storage = new SimulatedStorage();
        return log.Cache;
    }

    private void Stop<TKey, TValue>(CacheLog<TKey, TValue> log)
        where TKey : notnull
    {
        log.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _storage = new SimulatedStorage(_storage.Snapshot());
    }
}
