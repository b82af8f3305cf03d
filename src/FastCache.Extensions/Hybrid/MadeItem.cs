namespace FastCache.Extensions.Hybrid;

/// <summary>What a load has brought.</summary>
/// <param name="Item">What the callers get.</param>
/// <param name="Entry">How it is kept in the process; null: not at all.</param>
/// <param name="Payload">What the second level is to get, rented; null: nothing.</param>
/// <param name="Life">How long the second level keeps that.</param>
internal readonly record struct MadeItem(LocalItem Item, EntryOptions? Entry, PooledBytes? Payload = null, TimeSpan Life = default);
