using Xunit;

namespace FastCache.Tests.Unit.Journaling;

/// <summary>Every operation in every situation, by name.</summary>
internal static class JournalCases
{
    private static readonly Dictionary<string, JournalCase> ByName
        = WriteCases.All.Concat(RemoveCases.All).Concat(ExpiryCases.All).Concat(LoadCases.All).Concat(SilentCases.All)
            .ToDictionary(static each => each.Name);

    private static readonly JournalShape[] Shapes = Enum.GetValues<JournalShape>();

    /// <summary>All of them in caches of every shape.</summary>
    public static TheoryData<string, JournalShape> All
        => [.. from name in ByName.Keys from shape in Shapes select (name, shape)];

    /// <summary>Those that may have something to say.</summary>
    public static TheoryData<string, JournalShape> Telling
        => [.. from name in ByName.Keys.Except(SilentCases.All.Select(static each => each.Name)) from shape in Shapes select (name, shape)];

    public static JournalCase Named(string name) => ByName[name];

    /// <summary>A cache in the situation.</summary>
    /// <param name="name">Of the case.</param>
    /// <param name="shape">Of the cache.</param>
    /// <param name="forgets">Whether the journal begins with the operation.</param>
    public static JournaledCache Begin(string name, JournalShape shape, bool forgets = true)
    {
        JournalCase each = Named(name);
        var run = new JournaledCache(shape, each.Configure);
        each.Given?.Invoke(run);
        run.AwaitLoads();
        if (forgets)
        {
            run.Journal.StartOver();
        }

        return run;
    }
}
