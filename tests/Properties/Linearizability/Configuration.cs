namespace FastCache.Tests.Properties.Linearizability;

/// <summary>Where a search stands: which phases have taken effect, how far the others are, and what there is. Compared by content.</summary>
internal sealed class Configuration : IEquatable<Configuration>
{
    private readonly int _hash;

    public Configuration(int[] positions, Progress[] progress, in CacheState state)
    {
        (Positions, Progress, State) = (positions, progress, state);
        var hash = default(HashCode);
        hash.Add(state);
        for (int thread = 0; thread < positions.Length; thread++)
        {
            hash.Add(positions[thread]);
            hash.Add(progress[thread]);
        }

        _hash = hash.ToHashCode();
    }

    /// <summary>How many phases of each thread have taken effect.</summary>
    public int[] Positions { get; }

    /// <summary>How far each thread is with the next one.</summary>
    public Progress[] Progress { get; }

    public CacheState State { get; }

    public bool Equals(Configuration? other)
        => other is not null
            && _hash == other._hash
            && State == other.State
            && Positions.AsSpan().SequenceEqual(other.Positions)
            && Progress.AsSpan().SequenceEqual(other.Progress);

    public override bool Equals(object? obj) => Equals(obj as Configuration);

    public override int GetHashCode() => _hash;
}
