using System.Text;

namespace FastCache.Bench.Reporting;

/// <summary>A column of a <see cref="TextTable"/>: text is aligned left, figures right.</summary>
internal readonly record struct Column(string Header, int Width, bool IsText = false);

/// <summary>
/// A table whose column widths are known beforehand, so that each row is shown as soon as it is measured.
/// </summary>
internal sealed class TextTable(Report report, params Column[] columns)
{
    public void WriteHeader()
    {
        Row([.. columns.Select(static column => column.Header)]);
        Row([.. columns.Select(static column => new string('-', column.Width))]);
    }

    public void Row(params string[] cells)
    {
        StringBuilder line = new();
        for (int i = 0; i < cells.Length; i++)
        {
            Column column = columns[i];
            line.Append(column.IsText ? cells[i].PadRight(column.Width) : cells[i].PadLeft(column.Width)).Append("  ");
        }

        report.Line(line.ToString().TrimEnd());
    }
}
