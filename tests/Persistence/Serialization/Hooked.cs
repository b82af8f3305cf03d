using System.Text.Json;
using System.Text.Json.Serialization;

namespace FastCache.Tests.Persistence.Serialization;

/// <summary>A value whose converter does what a test says, in the middle of its JSON.</summary>
[JsonConverter(typeof(Converter))]
internal sealed class Hooked(string text)
{
    public string Text => text;

    /// <summary>Called after the first half has been written.</summary>
    public Action? WhileWriting { get; init; }

    public sealed class Converter : JsonConverter<Hooked>
    {
        public override Hooked Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            reader.Read();
            string first = reader.GetString()!;
            reader.Read();
            var read = new Hooked(first + reader.GetString());
            reader.Read();
            return read;
        }

        public override void Write(Utf8JsonWriter writer, Hooked value, JsonSerializerOptions options)
        {
            writer.WriteStartArray();
            writer.WriteStringValue(value.Text.AsSpan(0, value.Text.Length / 2));
            value.WhileWriting?.Invoke();
            writer.WriteStringValue(value.Text.AsSpan(value.Text.Length / 2));
            writer.WriteEndArray();
        }
    }
}
