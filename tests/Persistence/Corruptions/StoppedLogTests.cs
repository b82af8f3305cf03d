using Xunit;

namespace FastCache.Tests.Persistence.Corruptions;

/// <summary>A log that was stopped in order: damage anywhere is noticed.</summary>
public sealed class StoppedLogTests(ITestOutputHelper output) : DamagedLogTests(output, isStopped: true);
