using FastCache.Mutants;

// dotnet run -c Release --project eng/mutants [-- NAME... --list --keep]: breaks the product in one way after the other and says
// which test notices. One that cannot be caught yet runs if it is named.
string root = Directory.GetCurrentDirectory();
while (!File.Exists(Path.Combine(root, "FastCache.sln")))
{
    root = Path.GetDirectoryName(root) ?? throw new InvalidOperationException("Run this inside the repository.");
}

string[] names = [.. args.Where(argument => !argument.StartsWith('-'))];
Mutant[] mutants = [.. Mutant.ReadAll(root).Where(mutant => names.Length == 0 || names.Contains(mutant.Name))];
if (names.Except(mutants.Select(mutant => mutant.Name)).FirstOrDefault() is { } unknown)
{
    Console.Error.WriteLine($"There is no mutant \"{unknown}\"; --list shows all.");
    return 1;
}

if (args.Contains("--list"))
{
    foreach (Mutant mutant in mutants)
    {
        Console.WriteLine($"{mutant.Name}\n  {mutant.Guard}\n  breaks: {mutant.Breaks}");
    }

    return 0;
}

ScratchTree tree = ScratchTree.CopyOf(root);
try
{
    Mutant[] runnable = [.. mutants.Where(mutant => mutant.Needs is null || names.Length > 0)];
    return new Hunt(tree).Run(runnable, others: [.. mutants.Except(runnable)]) ? 0 : 1;
}
finally
{
    if (args.Contains("--keep"))
    {
        Console.WriteLine($"kept: {tree.Root}");
    }
    else
    {
        tree.Delete();
    }
}
