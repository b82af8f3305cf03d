namespace FastCache.Bench.Reporting;

/// <summary>
/// What a run has to say, passed on to every place where it goes: standard output, as text for people or as JSON for
/// programs, and a page if one was asked for.
/// </summary>
internal sealed class Report
{
    private readonly IReportOutput[] _outputs;

    /// <param name="json">Whether the first output is for programs.</param>
    /// <param name="output">Where the first output goes; null for standard output.</param>
    /// <param name="others">The other outputs.</param>
    public Report(bool json, TextWriter? output = null, params IReportOutput[] others)
    {
        output ??= Console.Out;
        _outputs = [json ? new JsonOutput(output, Progress) : new TextOutput(output, Progress), .. others];
    }

    public Progress Progress { get; } = new();

    /// <summary>A line of prose; an empty one ends a paragraph or a group of rows.</summary>
    public void Line(string text = "") => Each(output => output.Line(text));

    public void Heading(string text) => Each(output => output.Heading(text));

    /// <summary>Something about the machine or the program, by name.</summary>
    public void Detail(string name, string text) => Each(output => output.Detail(name, text));

    /// <summary>Something the reader must not miss, such as a skipped file: shown in every kind of report.</summary>
    public void Warn(string text) => Each(output => output.Warn(text));

    public void StartTable(IReadOnlyList<Column> columns) => Each(output => output.StartTable(columns));

    public void Row(IReadOnlyList<Column> columns, IReadOnlyList<string> cells) => Each(output => output.Row(columns, cells));

    public void Add(Measurement measurement) => Each(output => output.Add(measurement));

    private void Each(Action<IReportOutput> action) => Array.ForEach(_outputs, action);
}
