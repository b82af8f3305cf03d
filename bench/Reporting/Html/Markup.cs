using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace FastCache.Bench.Reporting.Html;

/// <summary>Writes elements, all text encoded, so that the result can be read as XML and as HTML.</summary>
internal sealed class Markup
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    // Only these may have no end tag in HTML; those of SVG may, too.
    private static readonly HashSet<string> Empty = ["meta", "br", "rect", "line", "path", "polyline", "circle"];

    private readonly StringBuilder _text = new();
    private readonly Stack<string> _open = new();

    public Markup Open(string element, params ReadOnlySpan<(string Name, object? Value)> attributes)
    {
        StartTag(element, attributes);
        _text.Append('>');
        _open.Push(element);
        return this;
    }

    public Markup Close()
    {
        _text.Append("</").Append(_open.Pop()).Append(">\n");
        return this;
    }

    public Markup Text(string text)
    {
        _text.Append(Encode(text));
        return this;
    }

    /// <summary>An element with nothing but text in it, or with nothing.</summary>
    public Markup Element(string element, string text, params ReadOnlySpan<(string Name, object? Value)> attributes)
    {
        if (text.Length == 0 && Empty.Contains(element))
        {
            StartTag(element, attributes);
            _text.Append("/>");
            return this;
        }

        return Open(element, attributes).Text(text).Close();
    }

    /// <summary>Text that is markup, or a style sheet.</summary>
    public Markup Raw(string text)
    {
        _text.Append(text);
        return this;
    }

    public override string ToString() => _text.ToString();

    private void StartTag(string element, ReadOnlySpan<(string Name, object? Value)> attributes)
    {
        _text.Append('<').Append(element);
        foreach ((string name, object? value) in attributes)
        {
            if (value is not null)
            {
                _text.Append(' ').Append(name).Append("=\"").Append(Encode(Format(value))).Append('"');
            }
        }
    }

    private static string Format(object value) => value switch
    {
        double number => number.ToString("0.##", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    // Control characters are in no XML document, whatever the encoding.
    private static string Encode(string text) =>
        Encoder.Encode(string.Concat(text.Select(static character => char.IsControl(character) && character is not ('\n' or '\t') ? '\uFFFD' : character)));
}
