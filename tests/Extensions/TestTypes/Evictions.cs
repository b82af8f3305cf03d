using System.Threading.Channels;
using Microsoft.Extensions.Caching.Memory;
using Xunit;

namespace FastCache.Tests.Extensions.TestTypes;

/// <summary>Hears what post-eviction callbacks are told.</summary>
internal sealed class Evictions
{
    private readonly Channel<Evicted> _heard = Channel.CreateUnbounded<Evicted>();

    /// <summary>Those heard and not asked for yet.</summary>
    public Evicted[] Rest
    {
        get
        {
            List<Evicted> rest = [];
            while (_heard.Reader.TryRead(out Evicted? eviction))
            {
                rest.Add(eviction);
            }

            return [.. rest];
        }
    }

    /// <summary>A registration to add to an entry.</summary>
    public PostEvictionCallbackRegistration Registration => new() { EvictionCallback = Hear };

    /// <summary>The next one.</summary>
    public async Task<Evicted> NextAsync() => await _heard.Reader.ReadAsync(TestContext.Current.CancellationToken);

    public void Hear(object key, object? value, EvictionReason reason, object? state)
        => Assert.True(_heard.Writer.TryWrite(new Evicted(key, value, reason)));
}
