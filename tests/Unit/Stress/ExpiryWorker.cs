using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Stress;

/// <summary>One thread of a stress run: it alone writes its keys, and reads those of all.</summary>
internal sealed class ExpiryWorker(
    Cache<int, Dated> cache, ManualTimeProvider time, bool isPrecise, int firstKey, int keys, int allKeys, Random random)
{
    private const long MaxMilliseconds = 2000;
    private static readonly long Tick = ExpiringCache.Tick.Ticks;
    private readonly Dated?[] _written = new Dated?[keys];
    private readonly long[] _idleLimits = new long[keys];

    /// <summary>Values that were found and validated.</summary>
    public int Hits { get; private set; }

    public void Step()
    {
        int index = random.Next(keys);
        int key = firstKey + index;
        switch (random.Next(12))
        {
            case < 4:
                Look(random.Next(allKeys));
                break;
            case < 7:
                ReadOwn(key, index);
                break;
            case 7 or 8:
                Write(key, index);
                break;
            case 9:
                WriteIdle(key, index);
                break;
            case 10:
                Change(key, index);
                break;
            default:
                Assert.True(cache.TryRemove(key, out Dated? removed) || MayBeGone(index, time.GetTimestamp()));
                Assert.True(removed is null || removed == _written[index]);
                _written[index] = null;
                break;
        }
    }

    private void Look(int key)
    {
        long before = time.GetTimestamp();
        if (random.Next(2) == 0 ? cache.TryGet(key, out Dated? value) : cache.TryPeek(key, out value))
        {
            Validate(key, value, before);
        }
    }

    private void ReadOwn(int key, int index)
    {
        long before = time.GetTimestamp();
        if (!cache.TryGet(key, out Dated? value))
        {
            Assert.True(MayBeGone(index, time.GetTimestamp()), $"key {key} is gone before its end");
            _written[index] = null;
            return;
        }

        Assert.Same(_written[index], value);
        Validate(key, value, before);
        if (_idleLimits[index] != 0)
        {
            value.Earliest = Math.Max(value.Earliest, before + _idleLimits[index] - Imprecision);
        }
    }

    // Where time is coarse, the access is noted in the tick that the reader sees, which may be the one before.
    private long Imprecision => isPrecise ? 0 : 2 * Tick;

    private void Write(int key, int index)
    {
        var value = new Dated(key);
        TimeSpan life = Life();
        value.Earliest = time.GetTimestamp() + life.Ticks;
        Assert.True(cache.Set(key, value, ExpiringCache.For(life)));
        value.Latest = time.GetTimestamp() + life.Ticks;
        (_written[index], _idleLimits[index]) = (value, 0);
    }

    private void WriteIdle(int key, int index)
    {
        // Others may read it, so it has no latest moment.
        TimeSpan life = Life();
        var value = new Dated(key) { Earliest = time.GetTimestamp() + life.Ticks };
        Assert.True(cache.Set(key, value, ExpiringCache.Idle(life)));
        (_written[index], _idleLimits[index]) = (value, life.Ticks);
    }

    private void Change(int key, int index)
    {
        TimeSpan life = Life();
        long earliest = time.GetTimestamp() + life.Ticks;
        if (_written[index] is { } value)
        {
            value.Latest = long.MaxValue;
        }

        if (cache.TrySetExpiry(key, ExpiringCache.For(life)))
        {
            (_written[index]!.Earliest, _written[index]!.Latest) = (earliest, time.GetTimestamp() + life.Ticks);
            _idleLimits[index] = 0;
        }
        else
        {
            Assert.True(MayBeGone(index, time.GetTimestamp()), $"key {key} is gone before its end");
            _written[index] = null;
        }
    }

    private bool MayBeGone(int index, long now) => _written[index] is not { } value || now >= value.Earliest;

    private void Validate(int key, Dated value, long before)
    {
        // The first tick after the end has begun a tick later at most, and its timer has fired before the next one begins.
        Hits++;
        Assert.Equal(key, value.Key);
        long latest = value.Latest;
        Assert.True(latest == long.MaxValue || before < latest + (isPrecise ? 0 : 2 * Tick), $"key {key} is seen after its end");
    }

    private TimeSpan Life() => TimeSpan.FromMilliseconds(random.NextInt64(1, MaxMilliseconds));
}
