namespace FastCache.Eviction;

/// <summary>What a policy may ask about slots while it looks for a victim.</summary>
internal interface IEvictionHost
{
    /// <summary>Whether the entry was read or updated since <see cref="ClearReferenced"/>.</summary>
    bool IsReferenced(int slot);

    void ClearReferenced(int slot);

    /// <summary>
    /// Removes the entry of a slot. False if that is not possible at this moment; the policy then goes on to another.
    /// </summary>
    bool TryEvict(int slot);

    /// <summary>Whether the entries outgrow the processor's caches, so that announcing what comes next is worth its while.</summary>
    bool PrefetchPays { get; }

    /// <summary>Announces that <see cref="IsReferenced"/> of a slot will be asked soon.</summary>
    void PrefetchReferenced(int slot);

    /// <summary>Announces that a slot may be evicted soon.</summary>
    void PrefetchEntry(int slot);
}
