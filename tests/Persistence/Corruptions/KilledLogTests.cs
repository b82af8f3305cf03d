using Xunit;

namespace FastCache.Tests.Persistence.Corruptions;

/// <summary>A log whose process was killed: damage is noticed anywhere but where it was written last.</summary>
public sealed class KilledLogTests(ITestOutputHelper output) : DamagedLogTests(output, isStopped: false);
