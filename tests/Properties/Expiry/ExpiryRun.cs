using FastCache.Tests.Unit.TestTypes;
using Xunit;
using static FastCache.Tests.Properties.Expiry.ExpiryOperationKind;

namespace FastCache.Tests.Properties.Expiry;

/// <summary>Runs a program on a cache and on a reference side by side: every outcome has one right answer.</summary>
internal sealed class ExpiryRun(ExpirySetup setup, ManualTimeProvider time) : IDisposable
{
    private readonly Cache<int, int> _cache = setup.Create(time);
    private readonly ExpiryReference _reference = new(setup);

    public static void Run(ExpiryProgram program)
    {
        using var run = new ExpiryRun(program.Setup, new ManualTimeProvider());
        foreach (ExpiryOperation operation in program.Operations)
        {
            run.Step(operation);
        }

        run.VerifyTimes();
    }

    public void Dispose() => _cache.Dispose();

    private void Step(ExpiryOperation operation)
    {
        switch (operation.Kind)
        {
            case TryGet or TryPeek or Touch or TimeToLive:
                Read(operation);
                break;
            case TryRemove:
                Assert.Equal(_reference.Peek(operation.Key), _cache.TryRemove(operation.Key, out int removed) ? removed : null);
                _reference.Remove(operation.Key);
                break;
            case TrimExpired:
                Assert.InRange(_cache.TrimExpired(), 0, _reference.MostEntries);
                Assert.InRange(_cache.Count, _reference.Present.Count, _reference.EntriesAfterTrim);
                break;
            case Clear:
                _cache.Clear();
                _reference.Clear();
                Assert.Equal(0, _cache.Count);
                break;
            case Advance:
                time.Advance(TimeSpan.FromMilliseconds(operation.Milliseconds));
                _reference.Pass(operation.Milliseconds);
                break;
            case AdvanceAtOnce:
                time.AdvanceAtOnce(TimeSpan.FromMilliseconds(operation.Milliseconds));
                _reference.Pass(operation.Milliseconds);
                break;
            default:
                Write(operation, operation.Key);
                break;
        }

        Verify();
    }

    private void Read(ExpiryOperation operation)
    {
        int key = operation.Key;
        switch (operation.Kind)
        {
            case TryGet:
                Assert.Equal(_reference.Read(key), _cache.TryGet(key, out int value) ? value : null);
                break;
            case TryPeek:
                Assert.Equal(_reference.Peek(key), _cache.TryPeek(key, out value) ? value : null);
                break;
            case Touch:
                Assert.Equal(_reference.Read(key) is not null, _cache.Touch(key));
                break;
            default:
                Assert.Equal(_reference.TimeToLive(key), _cache.TimeToLive(key));
                break;
        }
    }

    private void Write(ExpiryOperation operation, int key)
    {
        int value = operation.Value;
        int other = operation.OtherValue;
        EntryOptions options = operation.Lives.ToOptions(time);
        int? present = _reference.Peek(key);
        switch (operation.Kind)
        {
            case Set:
                Assert.Equal(_reference.Write(key, value, default), _cache.Set(key, value));
                break;
            case SetWithOptions:
                Assert.Equal(_reference.Write(key, value, operation.Lives), _cache.Set(key, value, options));
                break;
            case TryAdd:
                Assert.Equal(present is null && _reference.Write(key, value, operation.Lives), _cache.TryAdd(key, value, options));
                break;
            case TryUpdate:
                Assert.Equal(present is not null && _reference.Write(key, value, default), _cache.TryUpdate(key, value));
                break;
            case TryUpdateIf:
                Assert.Equal(present == other && _reference.Write(key, value, default), _cache.TryUpdate(key, value, other));
                break;
            case AddOrUpdate:
                int expected = present is null ? value : other;
                _reference.Write(key, expected, default);
                Assert.Equal(expected, _cache.AddOrUpdate(key, value, (_, old) => old == present ? other : throw new InvalidOperationException()));
                break;
            case GetOrAdd:
                if (_reference.Read(key) is null)
                {
                    _reference.Write(key, value, operation.Lives);
                }

                Assert.Equal(present ?? value, _cache.GetOrAdd(key, _ => value, options));
                break;
            default:
                Assert.Equal(present is { } kept && _reference.Write(key, kept, operation.Lives), _cache.TrySetExpiry(key, options));
                break;
        }
    }

    private void Verify()
    {
        // An enumeration leaves no trace, and reclaims nothing.
        Dictionary<int, int> present = _reference.Present;
        int seen = 0;
        foreach ((int key, int value) in _cache)
        {
            if (!present.TryGetValue(key, out int expected) || value != expected)
            {
                Assert.Fail($"{key} is {value} in the cache and {(present.ContainsKey(key) ? $"{expected}" : "absent")} in the reference");
            }

            seen++;
        }

        Assert.Equal(present.Count, seen);
        Assert.InRange(_cache.Count, seen, _reference.MostEntries);
        Assert.Equal(_reference.Refused, _cache.Statistics.RefusedAsExpired);
        Assert.Equal(0, _cache.Statistics.Evictions);
        _cache.AssertConsistent();
    }

    private void VerifyTimes()
    {
        for (int key = 0; key < setup.Universe; key++)
        {
            Assert.Equal(_reference.TimeToLive(key), _cache.TimeToLive(key));
        }
    }
}
