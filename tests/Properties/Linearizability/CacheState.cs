namespace FastCache.Tests.Properties.Linearizability;

/// <summary>What there is to know of one key of a cache, and of time. Times in milliseconds.</summary>
internal readonly record struct CacheState
{
    public const int NoValue = int.MinValue;

    private const int NoThread = -1;

    public CacheState()
    {
    }

    public int Value { get; init; } = NoValue;

    /// <summary>When the entry expires, whatever happens.</summary>
    public long Deadline { get; init; } = Call.Never;

    /// <summary>How long after its last access it expires; 0: it does not.</summary>
    public long IdleLimit { get; init; }

    public long LastAccess { get; init; }

    public long Clock { get; init; }

    /// <summary>The moment that everybody knows has come. Where time is coarse, it follows the clock in ticks.</summary>
    public long Known { get; init; }

    /// <summary>The thread that loads the key.</summary>
    public int Loader { get; init; } = NoThread;

    /// <summary>Whether the key was written or removed since that load began.</summary>
    public bool IsLoadOutdated { get; init; }

    public bool HasValue => Value != NoValue;

    public bool IsLoading => Loader != NoThread;

    public long End => IdleLimit == 0 ? Deadline : Math.Min(Deadline, LastAccess + IdleLimit);

    public CacheState WithoutValue => this with { Value = NoValue, Deadline = Call.Never, IdleLimit = 0, LastAccess = 0 };

    /// <summary>A load that is under way will not be kept.</summary>
    public CacheState LoadOutdated => this with { IsLoadOutdated = IsLoading };

    public CacheState LoadEnded => this with { Loader = NoThread, IsLoadOutdated = false };
}
