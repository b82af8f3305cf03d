using System.Buffers;
using FastCache.Tests.Unit.TestTypes;
using Microsoft.Extensions.Caching.Distributed;

namespace FastCache.Tests.Extensions.TestTypes;

/// <summary>The same with buffers.</summary>
internal sealed class ScriptedBufferSecondLevel(ManualTimeProvider time) : ScriptedSecondLevel(time), IBufferDistributedCache
{
    public bool TryGet(string key, IBufferWriter<byte> destination) => throw new NotSupportedException();

    public async ValueTask<bool> TryGetAsync(string key, IBufferWriter<byte> destination, CancellationToken token = default)
    {
        if (await ReadAsync(key, token) is not { } bytes)
        {
            return false;
        }

        destination.Write(bytes);
        return true;
    }

    public void Set(string key, ReadOnlySequence<byte> value, DistributedCacheEntryOptions options) => throw new NotSupportedException();

    public ValueTask SetAsync(string key, ReadOnlySequence<byte> value, DistributedCacheEntryOptions options, CancellationToken token = default)
        => new(WriteAsync(key, value, options, token));
}
