using System.Globalization;
using FastCache.Persistence;
using FastCache.Tests.Persistence.Simulation;

namespace FastCache.Tests.Persistence.Kills;

/// <summary>One thread of the process that is killed. It alone writes its keys, so the order of their values is known.</summary>
internal sealed class VictimWorker(CacheLog<int, string> log, VictimSetup setup, int thread, VictimReport report)
{
    // Of a block of the smaller size, this is more than one; of most values, one holds several.
    private const int MaxPadding = 700;

    private readonly bool _isDurable = setup.Durability == LogDurability.EveryWrite;
    private SplitMix _random = new((setup.Seed * VictimSetup.Threads) + thread);

    public static string ValueOf(int key, long counter, int padding)
        => string.Create(CultureInfo.InvariantCulture, $"{key}:{counter}:{new string('x', padding)}");

    /// <summary>Goes on until the process is killed.</summary>
    public void Run(Func<long> nextCounter)
    {
        while (true)
        {
            int key = (thread * VictimSetup.KeysPerThread) + _random.Next(VictimSetup.KeysPerThread);
            int choice = _random.Next(200);
            bool isAwaited = _random.Next(2) == 0;
            switch (choice)
            {
                case 0:
                    Clear(isAwaited);
                    break;
                case < 6:
                    Flush();
                    break;
                case < 40:
                    Remove(key, isAwaited);
                    break;
                default:
                    Set(key, nextCounter(), isAwaited);
                    break;
            }
        }
    }

    private void Set(int key, long counter, bool isAwaited)
    {
        string value = ValueOf(key, counter, _random.Next(8) == 0 ? _random.Next(MaxPadding) : _random.Next(20));
        long number = report.Begin(VictimOperation.Set, key, counter);
        if (isAwaited)
        {
            log.SetAsync(key, value).AsTask().GetAwaiter().GetResult();
        }
        else
        {
            log.Cache.Set(key, value);
        }

        report.End(number, isAwaited || _isDurable);
    }

    private void Remove(int key, bool isAwaited)
    {
        long number = report.Begin(VictimOperation.Remove, key, counter: 0);
        if (isAwaited)
        {
            log.TryRemoveAsync(key).AsTask().GetAwaiter().GetResult();
        }
        else
        {
            log.Cache.TryRemove(key);
        }

        report.End(number, isAwaited || _isDurable);
    }

    private void Clear(bool isAwaited)
    {
        long number = report.Begin(VictimOperation.Clear, key: 0, counter: 0);
        if (isAwaited)
        {
            log.ClearAsync().AsTask().GetAwaiter().GetResult();
        }
        else
        {
            log.Cache.Clear();
        }

        report.End(number, isAwaited || _isDurable);
    }

    private void Flush()
    {
        long number = report.Begin(VictimOperation.Flush, key: 0, counter: 0);
        log.FlushAsync().AsTask().GetAwaiter().GetResult();
        report.End(number, isDurable: true);
    }
}
