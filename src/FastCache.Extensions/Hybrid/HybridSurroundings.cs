using System.Buffers;
using Microsoft.Extensions.Logging;

namespace FastCache.Extensions.Hybrid;

/// <summary>What the parts of a hybrid cache take from where it runs.</summary>
internal sealed record HybridSurroundings(TimeProvider TimeProvider, ILogger Logger, ArrayPool<byte> Pool);
