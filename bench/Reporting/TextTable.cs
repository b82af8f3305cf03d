namespace FastCache.Bench.Reporting;

/// <summary>
/// A table whose column widths are known beforehand, so that each row is shown as soon as it is measured.
/// </summary>
internal sealed class TextTable(Report report, params Column[] columns)
{
    public void WriteHeader() => report.StartTable(columns);

    public void Row(params string[] cells) => report.Row(columns, cells);
}
