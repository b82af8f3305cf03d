namespace FastCache.Tests.Schedules.Memory;

/// <summary>Of each location the oldest store that may still be seen.</summary>
internal sealed class Knowledge
{
    private int[] _floors = [];

    public int this[Location location]
    {
        get => location.Number < _floors.Length ? _floors[location.Number] : 0;
        set
        {
            if (location.Number >= _floors.Length)
            {
                Array.Resize(ref _floors, location.Number + 16);
            }

            _floors[location.Number] = Math.Max(_floors[location.Number], value);
        }
    }

    /// <summary>Learns what another one knows.</summary>
    public void Learn(Knowledge? other)
    {
        if (other is null)
        {
            return;
        }

        if (other._floors.Length > _floors.Length)
        {
            Array.Resize(ref _floors, other._floors.Length);
        }

        for (int number = 0; number < other._floors.Length; number++)
        {
            _floors[number] = Math.Max(_floors[number], other._floors[number]);
        }
    }

    public Knowledge Copy() => new() { _floors = [.. _floors] };
}
