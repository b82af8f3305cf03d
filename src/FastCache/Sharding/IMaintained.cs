namespace FastCache.Sharding;

/// <summary>Something with work that can wait for the maintenance actor.</summary>
internal interface IMaintained
{
    /// <summary>Does what has piled up. Takes the turn for each piece of it.</summary>
    void Maintain();
}
