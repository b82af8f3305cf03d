namespace FastCache.Sharding;

/// <summary>Something with work that can wait for the maintenance actor.</summary>
internal interface IMaintained
{
    /// <summary>The tick at which a timer wants attention, at the latest.</summary>
    long NextTimerTick { get; }

    /// <summary>Does a piece of what has piled up, in one turn. False if there is more to do.</summary>
    bool Maintain();
}
