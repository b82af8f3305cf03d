namespace FastCache.Bench.Reporting.Html;

/// <summary>Keeps the content of a report until the run has ended, for a page.</summary>
/// <param name="title">What was measured.</param>
/// <param name="command">How to measure it again.</param>
internal sealed class HtmlOutput(string title, string command) : IReportOutput
{
    private readonly PageContent _content = new(title, command);

    public void Heading(string text) => _content.Sections.Add(new PageSection(text));

    public void Detail(string name, string text) => _content.SetDetail(name, text);

    public void Line(string text)
    {
        List<IPageBlock> blocks = Current.Blocks;
        switch (blocks.LastOrDefault())
        {
            case PageTable table when text.Length == 0:
                table.EndGroup();
                break;
            case Paragraph { IsEnded: false } paragraph:
                paragraph.Add(text);
                break;
            case var _ when text.Length > 0:
                blocks.Add(new Paragraph(text));
                break;
        }
    }

    public void Warn(string text)
    {
        _content.Warnings.Add(text);
        Current.Blocks.Add(new Warning(text));
    }

    public void StartTable(IReadOnlyList<Column> columns) => Current.Blocks.Add(new PageTable(columns));

    public void Row(IReadOnlyList<Column> columns, IReadOnlyList<string> cells)
    {
        PageTable table = Current.Blocks.OfType<PageTable>().Last(table => ReferenceEquals(table.Columns, columns));
        table.Add(cells);
    }

    /// <summary>A figure that belongs to no table has no place on a page.</summary>
    public void Add(Measurement measurement) => Current.Blocks.OfType<PageTable>().LastOrDefault()?.Measurements.Add(measurement);

    public string ToHtml(DateTimeOffset written) => Page.Write(_content, written);

    private PageSection Current => _content.Sections[^1];
}
