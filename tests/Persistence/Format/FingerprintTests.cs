using FastCache.Persistence;
using FastCache.Persistence.Format;
using FastCache.Tests.Persistence.Serialization;
using FastCache.Tests.Persistence.Simulation;
using FastCache.Tests.Persistence.TestTypes;
using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Persistence.Format;

public sealed class FingerprintTests : IDisposable
{
    private readonly ManualTimeProvider _time = new();
    private SimulatedStorage _storage = new();

    public void Dispose() => _storage.Dispose();

    [Theory]
    [InlineData("string", 0x3423_33E2_64B7_1396)]
    [InlineData("i32", 0xBD26_F3F4_4A22_650B)]
    [InlineData("i64", 0xC471_C02F_F593_9AD0)]
    public void It_is_the_digest_of_the_formats_name(string format, ulong fingerprint)
        => Assert.Equal(fingerprint, Fingerprint.Of(format));

    [Theory]
    [InlineData("i32", "string, another")]
    [InlineData("i32, another", "string")]
    public async Task A_log_of_another_format_is_discarded_and_somebody_is_told(string keys, string values)
    {
        Write("i32", "string", key: 1);

        var news = new TaskCompletionSource<CacheLogEvent>();
        CacheLog<int, string> log = Open(keys, values, news);

        RecoveryReport report = await log.Restored;
        Assert.Equal(LogDiscardReason.FormatChanged, report.Discarded);
        Assert.Equal(0, report.Read);
        Assert.Empty(log.Cache.ToArray());
        CacheLogEvent told = await news.Task.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(CacheLogEventKind.Discarded, told.Kind);
        Assert.Contains(nameof(LogDiscardReason.FormatChanged), told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_discarded_does_not_come_back_with_its_format()
    {
        Write("i32", "string", key: 1);
        Write("i32", "string, another", key: 2);

        CacheLog<int, string> log = Open("i32", "string");

        Assert.Equal(LogDiscardReason.FormatChanged, (await log.Restored).Discarded);
        Assert.Empty(log.Cache.ToArray());
    }

    [Fact]
    public async Task What_is_written_after_a_log_was_discarded_is_restored()
    {
        Write("i32", "string", key: 1);
        Write("i32", "string, another", key: 2);

        CacheLog<int, string> log = Open("i32", "string, another");

        Assert.Equal(LogDiscardReason.None, (await log.Restored).Discarded);
        Assert.Equal(2, log.Cache.ToArray().Single().Key);
    }

    private void Write(string keys, string values, int key)
    {
        CacheLog<int, string> log = Open(keys, values);
        log.Cache.Set(key, "value");
        log.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _storage = new SimulatedStorage(_storage.Snapshot());
    }

    private CacheLog<int, string> Open(string keys, string values, TaskCompletionSource<CacheLogEvent>? firstNews = null)
        => SeededLog.Open<int, string>(_storage, _time, seed: 1, options =>
        {
            options.KeySerializer = new NamedSerializer<int>(keys, BitConverter.GetBytes, static bytes => BitConverter.ToInt32(bytes));
            options.ValueSerializer = new NamedSerializer<string>(values, Wire.Of<string>().Write, static bytes => Wire.Of<string>().Deserialize(bytes));
            options.Listener = news =>
            {
                if (news.Kind == CacheLogEventKind.Discarded)
                {
                    firstNews?.TrySetResult(news);
                }
            };
        });
}
