using System.Buffers;

namespace FastCache.Persistence;

/// <summary>Turns keys or values into bytes and back. Implementations are safe to use from any number of threads at once.</summary>
/// <typeparam name="T">The type of the keys or the values.</typeparam>
/// <remarks>
/// <para>Called outside any lock of the cache or the log. What <see cref="Serialize"/> throws passes through to whoever writes to the
/// cache, and nothing is stored; what <see cref="Deserialize"/> throws costs the entry its place after a restart, and is counted.</para>
/// <para>Equal keys must be serialized to equal bytes: the log knows a key by them.</para>
/// </remarks>
public interface ILogSerializer<T>
{
    /// <summary>
    /// Names the format, with its version: <c>"order, protobuf 3"</c>. It is kept in the log; a log of another format is discarded when
    /// it is opened, since nobody could read it.
    /// </summary>
    string Format { get; }

    /// <summary>Writes a value. Never called with null.</summary>
    /// <param name="value">The value.</param>
    /// <param name="destination">Where to append its bytes. Not valid after the call.</param>
    void Serialize(T value, IBufferWriter<byte> destination);

    /// <summary>Reads a value.</summary>
    /// <param name="source">Exactly the bytes that <see cref="Serialize"/> has written. Not valid after the call.</param>
    T Deserialize(ReadOnlySpan<byte> source);
}
