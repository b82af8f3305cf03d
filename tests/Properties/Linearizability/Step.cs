namespace FastCache.Tests.Properties.Linearizability;

/// <summary>Something that may happen next in a sequential run.</summary>
/// <param name="State">What there is then.</param>
/// <param name="Progress">How far the call is then, if it has not ended.</param>
/// <param name="Answer">What the call, or its phase, comes to; pending if it has not ended.</param>
/// <param name="EndsLoad">Whether those who have joined the thread's load get the same answer.</param>
internal readonly record struct Step(CacheState State, Progress Progress, Answer Answer, bool EndsLoad = false);
