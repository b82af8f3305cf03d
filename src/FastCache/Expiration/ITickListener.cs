namespace FastCache.Expiration;

/// <summary>Somebody who is told when a tick has passed.</summary>
internal interface ITickListener
{
    /// <summary>Called about once a tick, on the timer's thread. Short, and it throws nothing.</summary>
    void OnTick(long tick);
}
