namespace FastCache.Loading;

/// <summary>Cancels a factory when nobody wants its result any more.</summary>
internal interface ILoadCancellation
{
    /// <summary>Whether it has cancelled the factory.</summary>
    bool HasFired { get; }

    /// <summary>Nobody waits for one of its loads.</summary>
    void OnAbandoned();

    /// <summary>Somebody waits again for a load that was abandoned.</summary>
    void OnRejoined();
}
