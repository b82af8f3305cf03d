namespace FastCache.Bench.Timing;

/// <param name="Wall">From the start of the first thread to the end of the last.</param>
/// <param name="Allocated">Bytes that the threads of the team allocated; what happens behind their backs is not in it.</param>
/// <param name="Collections">Those of the whole process meanwhile.</param>
internal readonly record struct TeamTime(TimeSpan Wall, long Allocated, Collections Collections);
