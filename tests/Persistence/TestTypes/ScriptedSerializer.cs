using System.Buffers;
using FastCache.Persistence;

namespace FastCache.Tests.Persistence.TestTypes;

/// <summary>A serializer of an application: the built-in one, and before and after it what a test says.</summary>
internal sealed class ScriptedSerializer<T> : ILogSerializer<T>
{
    private readonly ILogSerializer<T> _builtIn = LogSerializer.TryGet(out ILogSerializer<T>? found) ? found : throw new NotSupportedException();

    public Action<T>? BeforeWrite { get; set; }

    public Action<T>? AfterWrite { get; set; }

    public Action<T>? AfterRead { get; set; }

    public string Format => "scripted";

    public void Serialize(T value, IBufferWriter<byte> destination)
    {
        BeforeWrite?.Invoke(value);
        _builtIn.Serialize(value, destination);
        AfterWrite?.Invoke(value);
    }

    public T Deserialize(ReadOnlySpan<byte> source)
    {
        T value = _builtIn.Deserialize(source);
        AfterRead?.Invoke(value);
        return value;
    }
}
