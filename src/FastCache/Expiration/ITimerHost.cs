namespace FastCache.Expiration;

/// <summary>What a timer wheel asks about a slot whose tick has come.</summary>
internal interface ITimerHost
{
    /// <summary>The tick at which the slot is due by now: it may have been moved back since it was scheduled.</summary>
    long DueTick(int slot);

    /// <summary>
    /// Does what was to be done. False if that is not possible at this moment; it is tried again, a tick later at the latest.
    /// </summary>
    bool TryExpire(int slot);
}
