namespace FastCache.Tests.Schedules.Memory;

/// <summary>The stores to one place, oldest first.</summary>
internal sealed class Location(int number)
{
    private readonly List<(object? Value, Knowledge? Known)> _stores = [];

    public int Number { get; } = number;

    /// <summary>The number of the newest store.</summary>
    public int Newest => _stores.Count - 1;

    /// <summary>Stores that came past the simulation may not be missed: from here on they are seen.</summary>
    public int Floor { get; private set; }

    public object? ValueAt(int store) => _stores[store].Value;

    /// <summary>What the thread knew that made a store, as far as it says so.</summary>
    public Knowledge? KnownAt(int store) => _stores[store].Known;

    /// <summary>The same of the newest.</summary>
    public Knowledge? NewestKnown => _stores.Count == 0 ? null : _stores[^1].Known;

    public void Add(object? value, Knowledge? known) => _stores.Add((value, known));

    /// <summary>Catches up with what the place holds.</summary>
    public void Catch(object? value)
    {
        if (_stores.Count == 0 || !Same(_stores[Newest].Value, value))
        {
            _stores.Add((value, null));
            Floor = Newest;
        }
    }

    private static bool Same(object? one, object? other) => one is ulong word ? word.Equals(other) : ReferenceEquals(one, other);
}
