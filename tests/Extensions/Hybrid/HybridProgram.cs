using System.Collections.Concurrent;
using FastCache.Tests.Extensions.TestTypes;
using FastCache.Tests.Unit.TestTypes;
using Microsoft.Extensions.Caching.Hybrid;
using Xunit;

namespace FastCache.Tests.Extensions.Hybrid;

/// <summary>A random program of calls that overlap, and what each of them may answer.</summary>
/// <remarks>
/// Steps are numbered. A value knows its key and the step at which its making began. What a call that begins at a step gets must not have been
/// begun before a write, a removal or an invalidation of it that was over by then, and must not have expired.
/// </remarks>
internal sealed class HybridProgram : IAsyncDisposable
{
    private const string Everything = "*";
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    // Between the end of a factory and the moment at which its value is kept, on another thread, the program may let time pass.
    private static readonly TimeSpan Lag = TimeSpan.FromSeconds(16);
    private static readonly string[] Keys = ["text 1", "text 2", "basket 1", "basket 2"];
    private static readonly string[] Tags = ["red", "blue", Everything];

    private readonly Random _random;
    private readonly ManualTimeProvider _time = new();
    private readonly ScriptedSecondLevel? _second;
    private readonly TestHybridCache _test;
    private readonly TestHybridCache? _other;
    private readonly List<Over> _over = [];
    private readonly List<TaskCompletionSource> _open = [];
    private readonly List<Call> _calls = [];
    private readonly List<string> _trace = [];
    private readonly ConcurrentDictionary<string, int> _lastFailedWrite = new();
    private readonly ConcurrentDictionary<string, DateTimeOffset> _made = new();
    private string _mood = "well";
    private int _step;
    private int _values;

    /// <param name="seed">Of everything random.</param>
    /// <param name="surroundings">
    /// "alone", beside a second level that is "unreliable", or a "pair" of processes at a good one, of which the other one only reads and
    /// removes by tag.
    /// </param>
    public HybridProgram(int seed, string surroundings)
    {
        _random = new Random(seed);
        _second = surroundings == "alone" ? null : seed % 2 == 0 ? new ScriptedSecondLevel(_time) : new ScriptedBufferSecondLevel(_time);
        _test = new TestHybridCache(_second, _time);
        _other = surroundings == "pair" ? new TestHybridCache(_second, _time) : null;
        if (_second is not null && _other is null)
        {
            _second.OnRead = (key, _) => Behave(key);
            _second.OnAnswer = (key, _) => Behave(key);
            _second.OnWrite = (key, _) => BehaveWriting(key);
            _second.OnRemove = (key, _) => Behave(key);
        }
    }

    public string Trace => string.Join('\n', _trace);

    public async Task RunAsync(int steps)
    {
        for (_step = 1; _step <= steps; _step++)
        {
            Step();
            Collect();
        }

        _mood = "well";
        while (_open.Count > 0 || _calls.Count > 0)
        {
            Release();
            await Task.Yield();
            _time.Advance(TimeSpan.FromSeconds(1));
            Collect();
        }

        Wait.Until(() => _test.Pool.Rented == 0 && _test.Cache.BusyKeys == 0);
        Wait.Until(() => _other is null || (_other.Pool.Rented == 0 && _other.Cache.BusyKeys == 0));
    }

    public async ValueTask DisposeAsync()
    {
        await _test.DisposeAsync();
        if (_other is not null)
        {
            await _other.DisposeAsync();
        }
    }

    private static string TagOf(string key) => key.EndsWith('1') ? "red" : "blue";

    private static int StepOf(string value) => int.Parse(value.Split('@')[1], System.Globalization.CultureInfo.InvariantCulture);

    private void Step()
    {
        // Nothing happens twice in a tick: order in a tick is not what this is about.
        _time.Advance(TimeSpan.FromMilliseconds(1 + _random.Next(100)));
        string key = Keys[_random.Next(Keys.Length)];
        switch (_random.Next(16))
        {
            case < 5:
                Get(key);
                break;
            case 5 or 6:
                Set(key);
                break;
            case 7:
                Note($"remove {key}");
                Begin(key, _test.Cache.RemoveAsync(key).AsTask());
                break;
            case 8:
                string tag = Tags[_random.Next(Tags.Length)];
                TestHybridCache test = Any();
                Note($"remove tag {tag}{(test == _other ? " elsewhere" : "")}");
                _calls.Add(new Call(test.Cache.RemoveByTagAsync(tag).AsTask(), $"tag {tag}", _step, Key: null, Floor: 0, default, test));
                break;
            case < 13:
                Release();
                break;
            case 13:
                _mood = _random.Next(5) switch { 0 => "throws", 1 or 2 => "hangs", _ => "well" };
                Note($"second level {_mood}");
                break;
            case 14 when _second is not null && _second[key] is { } bytes:
                Note($"damage {key}");
                bytes[_random.Next(bytes.Length)] ^= (byte)(1 << _random.Next(8));
                break;
            default:
                TimeSpan time = TimeSpan.FromSeconds(_random.Next(1, 8));
                Note($"pass {time.TotalSeconds} s");
                _time.Advance(time);
                break;
        }
    }

    private void Get(string key)
    {
        var options = new HybridCacheEntryOptions
        {
            Expiration = Life,
            LocalCacheExpiration = TimeSpan.FromSeconds(_random.Next(1, 20)),
            Flags = _random.Next(6) switch
            {
                0 => HybridCacheEntryFlags.DisableLocalCacheRead,
                1 => HybridCacheEntryFlags.DisableLocalCacheWrite,
                2 => HybridCacheEntryFlags.DisableUnderlyingData,
                _ => HybridCacheEntryFlags.None,
            },
        };
        TestHybridCache test = Any();
        Note($"get {key} {options.Flags}{(test == _other ? " elsewhere" : "")}");
        bool isSlow = _random.Next(2) == 0;
        async ValueTask<string> MakeAsync(CancellationToken token)
        {
            string value = $"{key}@{_step}@{Interlocked.Increment(ref _values)}";
            if (isSlow)
            {
                await Gate();
            }

            _made[value] = _time.GetUtcNow();
            return value;
        }

        Task<string?> call = key.StartsWith('t')
            ? test.Cache.GetOrCreateAsync<string?>(key, async token => await MakeAsync(token), options, [TagOf(key)]).AsTask()
            : OwnerOf(test.Cache.GetOrCreateAsync<Basket?>(key, async token => new Basket { Owner = await MakeAsync(token) }, options, [TagOf(key)]));
        _calls.Add(new Call(call, $"get {key}", _step, key, FloorOf(key, test), _time.GetUtcNow(), test));

        static async Task<string?> OwnerOf(ValueTask<Basket?> basket) => (await basket)?.Owner;
    }

    private void Set(string key)
    {
        string value = $"{key}@{_step}@{Interlocked.Increment(ref _values)}";
        var options = new HybridCacheEntryOptions { Expiration = Life };
        Note($"set {key}");
        _made[value] = _time.GetUtcNow();
        Begin(key, key.StartsWith('t')
            ? _test.Cache.SetAsync(key, value, options, [TagOf(key)]).AsTask()
            : _test.Cache.SetAsync(key, new Basket { Owner = value }, options, [TagOf(key)]).AsTask());
    }

    private void Begin(string what, Task call) => _calls.Add(new Call(call, what, _step, Key: null, Floor: 0, default, _test));

    private TestHybridCache Any() => _other is not null && _random.Next(2) == 0 ? _other : _test;

    /// <summary>The last step that put an end to all values of a key from before, for who asks now.</summary>
    /// <remarks>What happens to a single key is not told to another process, which may be making an older value of it.</remarks>
    private int FloorOf(string key, TestHybridCache test)
        => _over.Where(over => (over.What == key && _other is null) || over.What == $"tag {TagOf(key)}" || over.What == $"tag {Everything}")
            .Where(over => over.Where == test || _time.GetUtcNow() - over.At > Interval)
            .Select(static over => over.Step)
            .DefaultIfEmpty()
            .Max();

    /// <summary>Looks at the calls that are over.</summary>
    private void Collect()
    {
        foreach (Call call in _calls.Where(static call => call.Task.IsCompleted).ToArray())
        {
            _calls.Remove(call);
            if (call.Key is not null)
            {
                Check(call, ((Task<string?>)call.Task).GetAwaiter().GetResult());
            }
            else if (call.Task.IsCompletedSuccessfully
                ? _lastFailedWrite.GetValueOrDefault(call.What) < call.Step
                : call.What.StartsWith("tag", StringComparison.Ordinal))
            {
                // What could not be told the second level may come back from there; but for tags, as they are known here.
                _over.Add(new Over(call.What, call.Step, call.Where, _time.GetUtcNow()));
            }
        }
    }

    private void Check(Call call, string? value)
    {
        if (value is null)
        {
            return;
        }

        _trace.Add($"  {call.What} of step {call.Step} got {value}");
        Assert.StartsWith(call.Key + "@", value, StringComparison.Ordinal);
        Assert.True(StepOf(value) >= call.Floor, $"{call.What} of step {call.Step} got {value}, and all before {call.Floor} is over.");
        Assert.True(_made[value] + Life + Lag > call.At, $"{call.What} of step {call.Step} got {value}, which has expired.");
    }

    private Task BehaveWriting(string key)
    {
        try
        {
            return Behave(key);
        }
        catch (IOException)
        {
            _lastFailedWrite[key] = _step;
            throw;
        }
    }

    private Task Behave(string key)
    {
        string mood;
        lock (_random)
        {
            mood = _random.Next(3) == 0 ? _mood : "well";
        }

        if (mood == "throws")
        {
            throw new IOException($"{key} at step {_step}");
        }

        return mood == "hangs" ? Gate() : Task.CompletedTask;
    }

    private Task Gate()
    {
        var gate = new TaskCompletionSource();
        lock (_open)
        {
            _open.Add(gate);
        }

        return gate.Task;
    }

    private void Release()
    {
        TaskCompletionSource? gate = null;
        lock (_open)
        {
            if (_open.Count > 0)
            {
                int number = _random.Next(_open.Count);
                gate = _open[number];
                _open.RemoveAt(number);
            }
        }

        Note("release");
        gate?.SetResult();
    }

    private void Note(string what) => _trace.Add($"{_step}: {what}");

    private sealed record Call(Task Task, string What, int Step, string? Key, int Floor, DateTimeOffset At, TestHybridCache Where);

    /// <summary>A write, a removal or an invalidation that is over.</summary>
    private sealed record Over(string What, int Step, TestHybridCache Where, DateTimeOffset At);
}
