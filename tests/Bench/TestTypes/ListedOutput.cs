using FastCache.Bench.Reporting;

namespace FastCache.Tests.Bench.TestTypes;

/// <summary>Keeps the figures of a report.</summary>
internal sealed class ListedOutput : IReportOutput
{
    public List<Measurement> Measurements { get; } = [];

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
    }

    public void StartTable(IReadOnlyList<Column> columns)
    {
    }

    public void Row(IReadOnlyList<Column> columns, IReadOnlyList<string> cells)
    {
    }

    public void Add(Measurement measurement) => Measurements.Add(measurement);
}
