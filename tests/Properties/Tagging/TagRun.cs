using FastCache.Tests.Unit.TestTypes;
using Xunit;
using static FastCache.Tests.Properties.Tagging.TagOperationKind;

namespace FastCache.Tests.Properties.Tagging;

/// <summary>Runs a program on a cache and on a dictionary of what each key's tags and end are.</summary>
/// <remarks>Lives are odd numbers of seconds and time passes by even ones: nothing is looked at in the tick in which it ends.</remarks>
internal sealed class TagRun(TagProgram program) : IDisposable
{
    public const int Universe = 60;

    private readonly ManualTimeProvider _time = new();
    private readonly Dictionary<int, (int Tags, int End)> _reference = [];
    private Cache<int, int>? _cache;
    private int _now;

    private Cache<int, int> Cache => _cache ??= program.Kind.Create(_time);

    public static void Run(TagProgram program)
    {
        using var run = new TagRun(program);
        foreach (TagOperation operation in program.Operations)
        {
            run.Step(operation);
            run.Verify();
        }
    }

    public void Dispose() => _cache?.Dispose();

    private void Step(TagOperation operation)
    {
        int key = operation.Key;
        bool isPresent = _reference.TryGetValue(key, out (int Tags, int End) present);
        int end = operation.Life == 0 ? int.MaxValue : _now + operation.Life;
        switch (operation.Kind)
        {
            case Set:
                Assert.True(Cache.Set(key, key, operation.Options));
                _reference[key] = (operation.Tags, end);
                break;
            case SetPlain:
                Assert.True(Cache.Set(key, key));
                _reference[key] = (0, int.MaxValue);
                break;
            case TryAdd:
                Assert.Equal(!isPresent, Cache.TryAdd(key, key, operation.Options));
                _reference[key] = isPresent ? present : (operation.Tags, end);
                break;
            case TryUpdate:
                Assert.Equal(isPresent, Cache.TryUpdate(key, key));
                ExpectIf(isPresent, key, (0, int.MaxValue));
                break;
            case TrySetExpiry:
                Assert.Equal(isPresent, Cache.TrySetExpiry(key, operation.Options));
                ExpectIf(isPresent, key, (operation.Tags == 0 ? present.Tags : operation.Tags, end));
                break;
            case GetOrAdd or GetOrAddRemoving:
                bool isRemoving = operation.Kind == GetOrAddRemoving;
                Assert.Equal(key, Cache.GetOrAdd(key, _ => Load(operation, isRemoving), operation.Options));
                if (!isPresent)
                {
                    int removed = isRemoving ? operation.Removed : 0;
                    ForgetTags(removed);
                    ExpectIf((operation.Tags & removed) == 0, key, (operation.Tags, end));
                }

                break;
            case TryRemove:
                Assert.Equal(_reference.Remove(key), Cache.TryRemove(key));
                break;
            case RemoveByTags:
                Cache.RemoveByTags(TagOperation.NamesOf(operation.Removed));
                ForgetTags(operation.Removed);
                break;
            case RemoveWhere:
                Assert.Equal(Forget((other, _) => other % 4 == key % 4), Cache.RemoveWhere(other => other % 4 == key % 4));
                break;
            case Clear:
                Cache.Clear();
                _reference.Clear();
                break;
            default:
                _time.Advance(TimeSpan.FromSeconds(2));
                _now += 2;
                Forget((_, entry) => entry.End <= _now);
                break;
        }
    }

    private int Load(TagOperation operation, bool isRemoving)
    {
        if (isRemoving)
        {
            Cache.RemoveByTags(TagOperation.NamesOf(operation.Removed));
        }

        return operation.Key;
    }

    private void ExpectIf(bool condition, int key, (int Tags, int End) entry)
    {
        if (condition)
        {
            _reference[key] = entry;
        }
    }

    private void ForgetTags(int tags) => Forget((_, entry) => (entry.Tags & tags) != 0);

    private int Forget(Func<int, (int Tags, int End), bool> predicate)
    {
        int[] keys = [.. _reference.Where(entry => predicate(entry.Key, entry.Value)).Select(static entry => entry.Key)];
        return keys.Count(_reference.Remove);
    }

    private void Verify()
    {
        Assert.Equal(_reference.Keys.Order(), Cache.Select(static entry => entry.Key).Order());
        for (int key = 0; key < Universe; key += 1 + (_now % 3))
        {
            Assert.Equal(_reference.ContainsKey(key), Cache.TryGet(key, out _));
        }

        Cache.AssertConsistent();
    }
}
