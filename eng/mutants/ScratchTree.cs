namespace FastCache.Mutants;

/// <summary>A copy of the repository as it is on disk, where the product can be broken.</summary>
internal sealed class ScratchTree
{
    private static readonly TimeSpan BuildLimit = TimeSpan.FromMinutes(10);

    private readonly string _root;

    private ScratchTree(string root) => _root = root;

    public string Root => _root;

    /// <summary>Copies what git knows of, or would be told of: with changes that are not committed.</summary>
    public static ScratchTree CopyOf(string repository)
    {
        ShellResult files = Shell.Run(
            repository, BuildLimit, "git", "ls-files", "-z", "--cached", "--others", "--exclude-standard");
        if (files.ExitCode != 0)
        {
            throw new InvalidOperationException(files.Output);
        }

        string root = Directory.CreateTempSubdirectory("fastcache-mutants-").FullName;
        foreach (string file in files.Output.Split(['\0', '\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            string source = Path.Combine(repository, file);
            string copy = Path.Combine(root, file);
            if (File.Exists(source))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                File.Copy(source, copy, overwrite: true);
            }
        }

        return new ScratchTree(root);
    }

    /// <summary>Puts a mutant in place of its file.</summary>
    /// <returns>The file as it was, for <see cref="Restore"/>.</returns>
    public string Apply(Mutant mutant)
    {
        string path = Path.Combine(_root, mutant.File);
        string source = File.ReadAllText(path);
        File.WriteAllText(path, mutant.ApplyTo(source));
        return source;
    }

    public void Restore(Mutant mutant, string source) => File.WriteAllText(Path.Combine(_root, mutant.File), source);

    /// <summary>Builds a test project with what it needs; null, or else what the compiler says.</summary>
    /// <remarks>A mutant may leave behind what is not used any more: that is no error here.</remarks>
    public string? Build(string project, bool restores)
    {
        string[] arguments = ["build", project, "-c", "Release", "-v:quiet", "-nologo", "-p:TreatWarningsAsErrors=false", "-p:RunAnalyzers=false"];
        ShellResult result = Shell.Run(_root, BuildLimit, "dotnet", restores ? arguments : [.. arguments, "--no-restore"]);
        return result.ExitCode == 0 ? null : result.Output;
    }

    public void Delete() => Directory.Delete(_root, recursive: true);
}
