using System.Globalization;

namespace FastCache.Tests.Persistence.Kills;

/// <summary>
/// What processes have reported of their work, in order, and what a restart may find of it: of each key the newest change that was
/// acknowledged, or one that did not end before that began.
/// </summary>
internal sealed class KillHistory
{
    private readonly List<KeyChange>[] _changes = [.. Enumerable.Range(0, VictimSetup.Keys).Select(static _ => new List<KeyChange>())];
    private readonly Dictionary<long, (VictimOperation Operation, long Begin, KeyChange[] Changes)> _underWay = [];
    private long _lines;

    public KillHistory()
    {
        for (int key = 0; key < VictimSetup.Keys; key++)
        {
            GoOnFrom(key, counter: 0);
        }
    }

    /// <summary>How many operations were acknowledged.</summary>
    public long Acknowledged { get; private set; }

    /// <summary>The highest number of a value that there may be.</summary>
    public long LastCounter { get; private set; }

    public void Add(string line)
    {
        _lines++;
        switch (line.Split(' '))
        {
            case ["begin", var number, var operation, var key, var counter]:
                Begin(Parse(number), Enum.Parse<VictimOperation>(operation), (int)Parse(key), Parse(counter));
                break;
            case ["ack", var number]:
                End(Parse(number), isAcknowledged: true);
                break;
            case ["end", var number]:
                End(Parse(number), isAcknowledged: false);
                break;
            default:
                throw new FormatException($"'{line}' is not what a process reports.");
        }
    }

    /// <summary>The process is dead: what was under way is over, with or without effect.</summary>
    public void ProcessEnded()
    {
        _lines++;
        foreach (long number in _underWay.Keys.ToArray())
        {
            End(number, isAcknowledged: false);
        }
    }

    /// <summary>Says what is wrong with what a restart has found of a key; null if nothing is.</summary>
    /// <param name="key">The key.</param>
    /// <param name="counter">The number of its value; 0 if it is absent.</param>
    public string? FaultOf(int key, long counter)
    {
        List<KeyChange> changes = _changes[key];
        long end = changes.Where(change => change.Counter == counter).Select(static change => change.End).DefaultIfEmpty(-1).Max();
        if (end < 0)
        {
            return $"Key {key} has the value {counter}, which was never put for it.";
        }

        KeyChange? newer = changes.FindLast(change => change.IsAcknowledged && change.Begin > end);
        return newer is null
            ? null
            : $"Key {key} has the value {counter} (0: none), and the later change to {newer.Counter} was acknowledged.";
    }

    /// <summary>What a restart has found counts: nothing else of the key may come back later.</summary>
    public void GoOnFrom(int key, long counter)
    {
        _changes[key].Clear();
        _changes[key].Add(new KeyChange(counter, _lines) { End = _lines, IsAcknowledged = true });
    }

    private static long Parse(string number) => long.Parse(number, CultureInfo.InvariantCulture);

    private void Begin(long number, VictimOperation operation, int key, long counter)
    {
        KeyChange[] changes = operation switch
        {
            VictimOperation.Set or VictimOperation.Remove => [AddChange(key, counter)],
            VictimOperation.Clear => [.. Enumerable.Range(0, VictimSetup.Keys).Select(each => AddChange(each, counter: 0))],
            _ => [],
        };
        LastCounter = Math.Max(LastCounter, counter);
        _underWay.Add(number, (operation, _lines, changes));
    }

    private KeyChange AddChange(int key, long counter)
    {
        var change = new KeyChange(counter, _lines);
        _changes[key].Add(change);
        return change;
    }

    private void End(long number, bool isAcknowledged)
    {
        _underWay.Remove(number, out (VictimOperation Operation, long Begin, KeyChange[] Changes) operation);
        foreach (KeyChange change in operation.Changes)
        {
            change.End = _lines;
            change.IsAcknowledged = isAcknowledged;
        }

        if (isAcknowledged)
        {
            Acknowledged++;
            AcknowledgeFlushed(operation.Operation == VictimOperation.Flush ? operation.Begin : -1);
        }
    }

    /// <summary>A flush acknowledges what had ended when it began.</summary>
    private void AcknowledgeFlushed(long begin)
    {
        foreach (KeyChange change in _changes.SelectMany(static changes => changes))
        {
            change.IsAcknowledged |= change.End < begin;
        }
    }
}
