namespace FastCache.Bench.Reporting;

/// <summary>
/// Where results go: as text for people, or as one JSON object a line for programs. In the second case nothing else
/// reaches standard output.
/// </summary>
/// <param name="json">Whether it is for programs.</param>
/// <param name="output">Where it goes; null for standard output.</param>
internal sealed class Report(bool json, TextWriter? output = null)
{
    private readonly TextWriter _output = output ?? Console.Out;

    public Progress Progress { get; } = new();

    /// <summary>A line of the text report; left out of the JSON one.</summary>
    public void Line(string text = "")
    {
        if (!json)
        {
            Progress.Clear();
            _output.WriteLine(text);
        }
    }

    public void Heading(string text)
    {
        Line();
        Line(text);
        Line(new string('=', text.Length));
    }

    /// <summary>Something the reader must not miss, such as a skipped file: shown in both kinds of report.</summary>
    public void Warn(string text)
    {
        Progress.Clear();
        (json ? Console.Error : _output).WriteLine(text);
    }

    public void Add(Measurement measurement)
    {
        if (json)
        {
            Progress.Clear();
            _output.WriteLine(measurement.ToJson());
        }
    }
}
