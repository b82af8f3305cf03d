namespace FastCache.Bench.Reporting.Html;

/// <summary>What a page says, before it is written.</summary>
internal sealed class PageContent
{
    private readonly List<(string Name, string Text)> _details = [];

    public PageContent(string title, string command)
    {
        (Title, Command) = (title, command);
        foreach ((string name, string text) in Machine.Details)
        {
            SetDetail(name, text);
        }

        SetDetail("build", RuntimeSettings.Build());
        SetDetail("settings", string.Join(", ", RuntimeSettings.FromEnvironment().DefaultIfEmpty("none of the runtime's in the environment")));
        if (Machine.Flaw is { } flaw)
        {
            Warnings.Add(flaw);
        }
    }

    public string Title { get; }

    public string Command { get; }

    public IReadOnlyList<(string Name, string Text)> Details => _details;

    public List<string> Warnings { get; } = [];

    /// <summary>The first has no title: what was said before the first heading.</summary>
    public List<PageSection> Sections { get; } = [new PageSection("")];

    /// <summary>Sets a detail, in its place if it is known.</summary>
    public void SetDetail(string name, string text)
    {
        int index = _details.FindIndex(detail => detail.Name == name);
        if (index < 0)
        {
            _details.Add((name, text));
            return;
        }

        _details[index] = (name, text);
    }
}
