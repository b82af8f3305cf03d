using System.Text;

namespace FastCache.Bench.Reporting;

/// <summary>The report for people at a terminal.</summary>
internal sealed class TextOutput(TextWriter output, Progress progress) : IReportOutput
{
    private const int NameWidth = 10;

    public void Heading(string text)
    {
        Line("");
        Line(text);
        Line(new string('=', text.Length));
    }

    public void Detail(string name, string text) => Line(name.PadRight(NameWidth) + text);

    public void Line(string text)
    {
        progress.Clear();
        output.WriteLine(text);
    }

    public void Warn(string text) => Line(text);

    public void StartTable(IReadOnlyList<Column> columns)
    {
        Row(columns, [.. columns.Select(static column => column.Header)]);
        Row(columns, [.. columns.Select(static column => new string('-', column.Width))]);
    }

    public void Row(IReadOnlyList<Column> columns, IReadOnlyList<string> cells)
    {
        StringBuilder line = new();
        for (int i = 0; i < cells.Count; i++)
        {
            Column column = columns[i];
            line.Append(column.IsText ? cells[i].PadRight(column.Width) : cells[i].PadLeft(column.Width)).Append("  ");
        }

        Line(line.ToString().TrimEnd());
    }

    public void Add(Measurement measurement)
    {
    }
}
