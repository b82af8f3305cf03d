using System.Buffers;
using System.Text;
using Microsoft.Extensions.Caching.Hybrid;

namespace FastCache.Extensions.Hybrid;

/// <summary>Strings as UTF-8. One that is malformed throws: others would get another string.</summary>
internal sealed class StringSerializer : IHybridCacheSerializer<string>
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public string Deserialize(ReadOnlySequence<byte> source) => Utf8.GetString(source);

    public void Serialize(string value, IBufferWriter<byte> target) => Utf8.GetBytes(value, target);
}
