using FastCache.Persistence;
using FastCache.Tests.Persistence.Crashes;
using FastCache.Tests.Persistence.Simulation;
using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Persistence.Corruptions;

/// <summary>
/// A small log of several segments, stopped in order, of which every byte is damaged in turn: it always opens, brings back nothing that
/// is wrong or out of date, and says so if anything is missing.
/// </summary>
public sealed class DamagedLogTests
{
    private const byte AllBits = 0xFF;

    private static readonly LogProgram Program = new(LogDurability.Interval, BlockSize: 128, SegmentSize: 600, Seed: 5, []);

    private readonly ITestOutputHelper _output;
    private readonly ManualTimeProvider _time = new();
    private readonly StorageImage _log;
    private readonly string[] _files;
    private readonly string?[] _expected;
    private History _history = History.Empty;

    public DamagedLogTests(ITestOutputHelper output)
    {
        _output = output;
        var storage = new SimulatedStorage();
        CacheLog<int, string> log = Restart.Open(Program, storage, _time);
        for (int round = 0; round < 12; round++)
        {
            for (int key = 0; key < LogPrograms.Keys; key++)
            {
                Write(log, round, key);
            }

            log.FlushAsync().AsTask().GetAwaiter().GetResult();
        }

        _history = _history.AllAcknowledged();
        log.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _log = storage.Snapshot();
        new SimulatedStorage(_log).List(out IReadOnlyList<string> names);
        _files = [.. names];
        _expected = Restarted(new SimulatedStorage(_log), "nothing", out RecoveryReport report);
        Assert.True(report is { WasStopped: true, Missing: 0, Doubtful: 0, Torn: 0 }, $"{report}");
        Assert.True(report.Segments >= 3, $"{report.Segments} segments");
        Assert.Contains("CLEAN", _files);
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
        => ForEachByte(static (storage, file, at) => Corruption.Zero(storage, file, at, storage.Bytes(file).Length - at));

    [Fact]
    public void Every_length()
        => ForEachByte(static (storage, file, at) => Corruption.Truncate(storage, file, at));

    [Fact]
    public void Every_file_missing()
    {
        foreach (string file in _files)
        {
            var storage = new SimulatedStorage(_log);
            storage.Delete(file);
            Check(storage, $"{file} deleted");
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
                Check(storage, $"{other} in the place of {file}");
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
                    Check(storage, $"line {from} of {file} in the place of line {to}");
                }
            }
        }
    }

    private void Write(CacheLog<int, string> log, int round, int key)
    {
        if ((round + key) % 5 == 4)
        {
            _history = _history.With(key, value: null);
            log.Cache.TryRemove(key);
            return;
        }

        string value = $"{(round * LogPrograms.Keys) + key}{new string('y', (round * 7) % 30)}";
        _history = _history.With(key, value);
        log.Cache.Set(key, value);
    }

    private int ForEachByte(Action<SimulatedStorage, string, int> damage)
    {
        int damages = 0;
        foreach (string file in _files)
        {
            int length = new SimulatedStorage(_log).Bytes(file).Length;
            for (int at = 0; at < length; at++)
            {
                var storage = new SimulatedStorage(_log);
                damage(storage, file, at);
                Check(storage, $"byte {at} of {file} damaged");
                damages++;
            }
        }

        return damages;
    }

    private void Check(SimulatedStorage storage, string what)
    {
        string?[] contents = Restarted(storage, what, out RecoveryReport report);
        bool isComplete = contents.AsSpan().SequenceEqual(_expected);
        Assert.True(
            isComplete || report.Missing + report.Doubtful + report.Torn > 0 || report.Discarded != LogDiscardReason.None,
            $"With {what}, something is missing and nobody says so: {report}");

        // And again: what one opening has left out does not come back with the next.
        string?[] again = Restarted(new SimulatedStorage(storage.Snapshot()), $"{what}, again", out _);
        Assert.Equal(contents, again);
    }

    private string?[] Restarted(SimulatedStorage storage, string what, out RecoveryReport report)
    {
        CacheLog<int, string> log = Restart.Open(Program, storage, _time);
        report = log.Restored.GetAwaiter().GetResult();
        string?[] contents = Restart.Contents(log);
        log.Cache.Dispose();
        for (int key = 0; key < contents.Length; key++)
        {
            // Where something is missing, absence is right.
            string? fault = contents[key] is null ? null : _history.FaultOf(key, contents[key], _time.GetUtcNow().UtcTicks, long.MaxValue);
            Assert.True(fault is null, $"With {what}: {fault}");
        }

        return contents;
    }
}
