using System.Buffers;
using System.Collections;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace FastCache.Bench.Reporting;

/// <summary>
/// One figure with all that is needed to read it alone: named fields in the order they were added, printed as one JSON
/// object on one line.
/// </summary>
/// <remarks>What comes before "metric" says what was measured, the contestant apart; what comes after it, what came out.</remarks>
internal sealed class Measurement : IEnumerable<KeyValuePair<string, object?>>
{
    private const int SignificantDigits = 5;

    // The default would write the plus sign of a contestant's name as an escape, for the sake of HTML.
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly List<KeyValuePair<string, object?>> _fields = [];

    public void Add(string name, object? value) => _fields.Add(new(name, value));

    /// <summary>Adds what every ratio carries: what it is relative to, the median and the extremes over the rounds.</summary>
    public void Add(string baseline, Spread ratio)
    {
        Add("baseline", baseline);
        Add("ratio", ratio.Median);
        Add("min", ratio.Min);
        Add("max", ratio.Max);
    }

    /// <summary>A field as text; empty if there is none.</summary>
    public string Text(string name) => Convert.ToString(Find(name), CultureInfo.InvariantCulture) ?? "";

    /// <summary>A field as a number; null if there is none, or none that is finite.</summary>
    public double? Number(string name) => Find(name) switch
    {
        int number => number,
        long number => number,
        double number when double.IsFinite(number) => number,
        _ => null,
    };

    /// <summary>Whether the ratio is to the contestant itself.</summary>
    public bool IsBaseline => Find("baseline") is string baseline && baseline == Text("contestant");

    /// <summary>Whether what was measured did its work.</summary>
    public bool IsValid => Find("valid") is not false;

    public string ToJson()
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer, Writing))
        {
            writer.WriteStartObject();
            foreach ((string name, object? value) in _fields)
            {
                writer.WritePropertyName(name);
                Write(writer, value);
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => _fields.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private object? Find(string name) => _fields.Find(field => field.Key == name).Value;

    private static void Write(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case string text:
                writer.WriteStringValue(text);
                break;
            case bool truth:
                writer.WriteBooleanValue(truth);
                break;
            case int number:
                writer.WriteNumberValue(number);
                break;
            case long number:
                writer.WriteNumberValue(number);
                break;
            case double number when double.IsFinite(number):
                writer.WriteNumberValue(Round(number));
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }

    private static decimal Round(double number)
    {
        if (number == 0)
        {
            return 0;
        }

        int magnitude = (int)Math.Floor(Math.Log10(Math.Abs(number))) + 1;
        int decimals = Math.Clamp(SignificantDigits - magnitude, 0, 15);
        return (decimal)Math.Round(number, decimals);
    }
}
