using FastCache.Persistence;
using FastCache.Persistence.Format;
using FastCache.Tests.Persistence.Crashes;
using FastCache.Tests.Persistence.Inspection;
using FastCache.Tests.Persistence.Simulation;
using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Persistence.Corruptions;

/// <summary>
/// A small log of several segments of which every byte is damaged in turn: it always opens, brings back nothing that is wrong or out of
/// date, and says so if anything is missing.
/// </summary>
public abstract class DamagedLogTests
{
    private const byte AllBits = 0xFF;
    private const int Rounds = 20;

    // Of how many rounds one writes a key: what damage brings back of a key that is written every time would not be seen.
    private static readonly int[] Periods = [1, 3, 5, 7];

    private static readonly LogProgram Program = new(LogDurability.Interval, BlockSize: 128, SegmentSize: 700, MaxLogSize: 1 << 20, Seed: 5, []);

    private readonly ITestOutputHelper _output;
    private readonly ManualTimeProvider _time = new();
    private readonly StorageImage _log;
    private readonly string[] _files;
    private readonly string?[] _expected;
    private readonly bool _isStopped;
    private readonly int _lastGroup;
    private readonly int _acknowledgedBefore;
    private History _history = History.Empty;

    protected DamagedLogTests(ITestOutputHelper output, bool isStopped)
    {
        _output = output;
        _isStopped = isStopped;
        var storage = new SimulatedStorage();

        // With upkeep there would hardly be more than one segment.
        CacheLog<string, string> log = Restart.Open(Program, storage, _time, doesUpkeep: false);
        for (int round = 0; round < Rounds; round++)
        {
            // What was synced last can be told from what was never written whole by the mark of an orderly stop alone.
            _acknowledgedBefore = _history.Count;
            string segment = LastSegmentOf(storage);
            int end = storage.Bytes(segment).Length;
            for (int key = 0; key < LogPrograms.Keys; key++)
            {
                if (round % Periods[key] == 0)
                {
                    Write(log, round, key);
                }
            }

            log.FlushAsync().AsTask().GetAwaiter().GetResult();
            _lastGroup = LastSegmentOf(storage) == segment ? end : SegmentHeader.Length;
        }

        _history = _history.AllAcknowledged();
        if (isStopped)
        {
            log.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
        else
        {
            log.Cache.Dispose();
        }

        _log = storage.Snapshot();
        new SimulatedStorage(_log).List(out IReadOnlyList<string> names);
        _files = [.. names];
        _expected = Restarted(new SimulatedStorage(_log), "nothing", out RecoveryReport report);
        Assert.True(report is { Missing: 0, Doubtful: 0, Torn: 0 } && report.WasStopped == isStopped, $"{report}");
        Assert.True(report.Segments >= 3, $"{report.Segments} segments");
        Assert.Equal(isStopped, _files.Contains("CLEAN"));
    }

    [Fact]
    public void Every_byte_with_other_bits()
    {
        int damages = ForEachByte(static (storage, file, at) => Corruption.Flip(storage, file, at, AllBits))
            + ForEachByte(static (storage, file, at) => Corruption.Flip(storage, file, at, (byte)(1 << (at % 8))));
        _output.WriteLine($"{damages} damages in {_files.Length} files.");
    }

    [Fact]
    public void Every_byte_zero()
        => ForEachByte(static (storage, file, at) => Corruption.Zero(storage, file, at, 1));

    [Fact]
    public void Every_run_of_zeros_to_the_end_of_the_file()
        => ForEachByte(static (storage, file, at) => Corruption.Zero(storage, file, at, storage.Bytes(file).Length - at), isShorter: true);

    [Fact]
    public void Every_length()
        => ForEachByte(static (storage, file, at) => Corruption.Truncate(storage, file, at), isShorter: true);

    [Fact]
    public void Every_file_missing()
    {
        foreach (string file in _files)
        {
            var storage = new SimulatedStorage(_log);
            storage.Delete(file);
            Check(storage, file, at: 0, "deleted", isShorter: true);
        }
    }

    [Fact]
    public void Every_file_in_the_place_of_every_other()
    {
        foreach (string file in _files)
        {
            foreach (string other in _files)
            {
                var storage = new SimulatedStorage(_log);
                storage.Replace(file, storage.Bytes(other));
                Check(storage, file, at: 0, $"replaced by {other}");
            }
        }
    }

    [Fact]
    public void Every_block_in_the_place_of_every_other()
    {
        const int Block = 64;
        foreach (string file in _files)
        {
            int blocks = new SimulatedStorage(_log).Bytes(file).Length / Block;
            for (int from = 0; from < blocks; from++)
            {
                for (int to = 0; to < blocks; to++)
                {
                    var storage = new SimulatedStorage(_log);
                    byte[] bytes = storage.Bytes(file);
                    bytes.AsSpan(from * Block, Block).CopyTo(bytes.AsSpan(to * Block));
                    storage.Replace(file, bytes);
                    Check(storage, file, to * Block, $"line {from} of {file}");
                }
            }
        }
    }

    private void Write(CacheLog<string, string> log, int round, int key)
    {
        if ((round + key) % 5 == 4)
        {
            _history = _history.With(key, value: null);
            log.Cache.TryRemove(LogPrograms.NameOf(key));
            return;
        }

        string value = $"{(round * LogPrograms.Keys) + key}{new string('y', (round * 7) % 30)}";
        _history = _history.With(key, value);
        log.Cache.Set(LogPrograms.NameOf(key), value);
    }

    private int ForEachByte(Action<SimulatedStorage, string, int> damage, bool isShorter = false)
    {
        int damages = 0;
        foreach (string file in _files)
        {
            int length = new SimulatedStorage(_log).Bytes(file).Length;
            for (int at = 0; at < length; at++)
            {
                var storage = new SimulatedStorage(_log);
                damage(storage, file, at);
                Check(storage, file, at, "damaged", isShorter);
                damages++;
            }
        }

        return damages;
    }

    private void Check(SimulatedStorage storage, string file, int at, string how, bool isShorter = false)
    {
        string what = $"byte {at} of {file} {how}";
        History known = KnownAfter(file, at, isShorter);
        LogVerification verification = Inspected.Verify(storage, _time);
        string?[] contents = Restarted(storage, what, out RecoveryReport report, known);
        bool isComplete = contents.AsSpan().SequenceEqual(_expected);
        Assert.True(
            isComplete || !_isStopped || report.Missing + report.Doubtful + report.Torn > 0 || report.Discarded != LogDiscardReason.None,
            $"With {what}, something is missing and nobody says so: {report}");

        // Who only looks says the same.
        Inspected.AssertAgree(verification, report, what);
        Assert.True(isComplete || !_isStopped || !verification.IsIntact, $"With {what}, something is missing and a verification finds the log intact.");
        Assert.Equal(report.Discarded != LogDiscardReason.Unreadable, verification.IsReadable);

        // And again, with what the opening has deleted and not synced: what one opening has left out does not come back with the next.
        string?[] again = Restarted(storage.Snapshot().Crash(CrashPolicy.PowerCutDropAll), $"{what}, again", out _, known);
        Assert.Equal(contents, again);
    }

    /// <summary>What the log can be expected to know after something was damaged.</summary>
    private History KnownAfter(string file, int at, bool isShorter)
    {
        if (_isStopped || file != _files.Last(static name => name.EndsWith(".seg", StringComparison.Ordinal)))
        {
            return _history;
        }

        // Where a log ends that was not stopped, it says itself and nobody else.
        return isShorter ? _history.AcknowledgedUpTo(0) : at >= _lastGroup ? _history.AcknowledgedUpTo(_acknowledgedBefore) : _history;
    }

    private string?[] Restarted(SimulatedStorage storage, string what, out RecoveryReport report, History? known = null)
    {

        // A clock of its own: one that is shared would hold on to all logs by their timers.
        var time = new ManualTimeProvider();
        time.MoveTo(_time.GetUtcNow());
        CacheLog<string, string> log = Restart.Open(Program, storage, time);
        report = log.Restored.GetAwaiter().GetResult();
        string?[] contents = Restart.Contents(log);
        log.Cache.Dispose();
        for (int key = 0; key < contents.Length; key++)
        {
            // Where something is missing, absence is right.
            string? fault = contents[key] is null
                ? null
                : (known ?? _history).FaultOf(key, contents[key], _time.GetUtcNow().UtcTicks, long.MaxValue);
            Assert.True(fault is null, $"With {what}: {fault}");
        }

        return contents;
    }

    private static string LastSegmentOf(SimulatedStorage storage)
    {
        storage.List(out IReadOnlyList<string> names);
        return names.Last(static name => name.EndsWith(".seg", StringComparison.Ordinal));
    }
}
