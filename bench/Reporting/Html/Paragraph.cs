using FastCache.Bench.Reporting.Html.Charts;

namespace FastCache.Bench.Reporting.Html;

/// <summary>Lines of prose, up to an empty one.</summary>
internal sealed class Paragraph(string first) : IPageBlock
{
    private readonly List<string> _lines = [first];

    public bool IsEnded { get; private set; }

    public void Add(string line)
    {
        if (line.Length == 0)
        {
            IsEnded = true;
            return;
        }

        _lines.Add(line);
    }

    public void Write(Markup markup, Palette palette) => markup.Element("p", string.Join(' ', _lines));
}
