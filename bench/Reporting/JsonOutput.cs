namespace FastCache.Bench.Reporting;

/// <summary>
/// The report for programs: one JSON object a line for each figure, and nothing else. Warnings go to standard error.
/// </summary>
internal sealed class JsonOutput(TextWriter output, Progress progress) : IReportOutput
{
    public void Heading(string text)
    {
    }

    public void Detail(string name, string text)
    {
    }

    public void Line(string text)
    {
    }

    public void Warn(string text)
    {
        progress.Clear();
        Console.Error.WriteLine(text);
    }

    public void StartTable(IReadOnlyList<Column> columns)
    {
    }

    public void Row(IReadOnlyList<Column> columns, IReadOnlyList<string> cells)
    {
    }

    public void Add(Measurement measurement)
    {
        progress.Clear();
        output.WriteLine(measurement.ToJson());
    }
}
