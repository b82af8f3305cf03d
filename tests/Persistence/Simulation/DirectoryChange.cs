namespace FastCache.Tests.Persistence.Simulation;

/// <summary>A change of a directory since it was last synced, and those before it. A rename is atomic: one name goes, another comes.</summary>
internal sealed class DirectoryChange(string? removed, string? added, int file, DirectoryChange? earlier)
{
    private readonly int _count = (earlier?._count ?? 0) + 1;

    private DirectoryChange? Earlier => earlier;

    public static DirectoryChange[] OldestFirst(DirectoryChange? newest)
    {
        var changes = new DirectoryChange[newest?._count ?? 0];
        for (int i = changes.Length - 1; i >= 0; i--)
        {
            changes[i] = newest!;
            newest = newest!.Earlier;
        }

        return changes;
    }

    public NameTable ApplyTo(NameTable names)
    {
        NameTable without = removed is null ? names : names.Without(removed);
        return added is null ? without : without.With(added, file);
    }

    public bool TouchesAny(HashSet<string> names)
        => names.Count > 0 && ((removed is not null && names.Contains(removed)) || (added is not null && names.Contains(added)));

    public void AddTo(HashSet<string> names)
    {
        if (removed is not null)
        {
            names.Add(removed);
        }

        if (added is not null)
        {
            names.Add(added);
        }
    }
}
