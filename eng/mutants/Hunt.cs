using System.Diagnostics;

namespace FastCache.Mutants;

/// <summary>Lets the tests find the mutants, one after the other.</summary>
internal sealed class Hunt(ScratchTree tree)
{
    private const int NamedTests = 2;

    private int _caught;
    private int _survived;

    /// <summary>Whether each mutant was caught, and the product passes the tests without them.</summary>
    /// <param name="mutants">Those to find.</param>
    /// <param name="others">Those that nobody can find yet: they are listed.</param>
    public bool Run(IReadOnlyList<Mutant> mutants, IReadOnlyList<Mutant> others)
    {
        if (!PassesWithoutMutants([.. mutants.SelectMany(mutant => mutant.Tests).Distinct()]))
        {
            return false;
        }

        foreach (Mutant mutant in mutants)
        {
            Stopwatch watch = Stopwatch.StartNew();
            bool isCaught = TryCatch(mutant, out string how);
            _caught += isCaught ? 1 : 0;
            _survived += isCaught ? 0 : 1;
            Console.WriteLine($"{(isCaught ? "caught  " : "SURVIVED")}  {mutant.Name,-40} {how}  [{watch.Elapsed.TotalSeconds:F0} s]");
        }

        foreach (Mutant mutant in others)
        {
            Console.WriteLine($"not run   {mutant.Name,-40} needs {mutant.Needs}");
        }

        Console.WriteLine($"{_caught} caught, {_survived} survived, {others.Count} not run");
        return _survived == 0;
    }

    private bool PassesWithoutMutants(IReadOnlyList<TestFilter> tests)
    {
        foreach (IGrouping<string, TestFilter> project in tests.GroupBy(test => test.Project))
        {
            if (tree.Build(project.Key, restores: true) is { } fault)
            {
                Console.WriteLine($"{project.Key} does not compile:\n{fault}");
                return false;
            }

            IReadOnlyList<Failure> failures = TestRun.Run(tree.Root, project.Key, project, out int passed);
            Console.WriteLine($"without mutants: {project.Key}, {passed} tests pass, {failures.Count} fail");
            if (failures.Count > 0 || passed == 0)
            {
                Console.WriteLine(string.Join('\n', failures));
                return false;
            }
        }

        return true;
    }

    private bool TryCatch(Mutant mutant, out string how)
    {
        string source;
        try
        {
            source = tree.Apply(mutant);
        }
        catch (FormatException fault)
        {
            how = fault.Message;
            return false;
        }

        try
        {
            return TryCatchApplied(mutant, out how);
        }
        finally
        {
            tree.Restore(mutant, source);
        }
    }

    private bool TryCatchApplied(Mutant mutant, out string how)
    {
        IGrouping<string, TestFilter>[] projects = [.. mutant.Tests.GroupBy(test => test.Project)];
        foreach (IGrouping<string, TestFilter> project in projects)
        {
            if (tree.Build(project.Key, restores: false) is { } fault)
            {
                how = $"does not compile:\n{fault}";
                return false;
            }
        }

        var failures = new List<Failure>();
        int caughtRuns = 0;
        for (int run = 0; run < mutant.Runs; run++)
        {
            int before = failures.Count;
            foreach (IGrouping<string, TestFilter> project in projects)
            {
                failures.AddRange(TestRun.Run(tree.Root, project.Key, project, out _));
            }

            caughtRuns += failures.Count > before ? 1 : 0;
        }

        Failure[] distinct = [.. failures.DistinctBy(failure => failure.Method)];
        string more = distinct.Length > NamedTests ? $" and {distinct.Length - NamedTests} more" : "";
        string runs = mutant.Runs > 1 ? $", in {caughtRuns} of {mutant.Runs} runs" : "";
        how = distinct.Length == 0 ? "no test fails" : $"by {string.Join(", ", distinct.Take(NamedTests))}{more}{runs}";
        return caughtRuns == mutant.Runs;
    }
}
