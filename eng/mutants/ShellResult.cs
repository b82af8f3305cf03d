namespace FastCache.Mutants;

/// <summary>How a program ended; without a code if it was killed.</summary>
internal readonly record struct ShellResult(int? ExitCode, string Output);
