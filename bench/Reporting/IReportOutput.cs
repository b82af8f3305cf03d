namespace FastCache.Bench.Reporting;

/// <summary>One of the places where a report goes. It takes of the content what it can show.</summary>
internal interface IReportOutput
{
    /// <summary>What one of the following sections is about.</summary>
    void Heading(string text);

    /// <summary>Something about the machine or the program, by name.</summary>
    void Detail(string name, string text);

    /// <summary>A line of prose. An empty one ends a paragraph, and within a table a group of rows.</summary>
    void Line(string text);

    /// <summary>Something the reader must not miss, such as a skipped file.</summary>
    void Warn(string text);

    /// <summary>The head of a table; it is known by the instance of its columns.</summary>
    void StartTable(IReadOnlyList<Column> columns);

    void Row(IReadOnlyList<Column> columns, IReadOnlyList<string> cells);

    /// <summary>A figure. Those of a table follow its head.</summary>
    void Add(Measurement measurement);
}
