namespace FastCache.Tests.Persistence.Simulation;

/// <summary>Which name stands for which file. Immutable; for a handful of names, so it is searched from end to end.</summary>
internal readonly struct NameTable
{
    private readonly (string Name, int File)[] _entries;

    private NameTable((string Name, int File)[] entries) => _entries = entries;

    public static NameTable Empty { get; } = new([]);

    public ReadOnlySpan<(string Name, int File)> Entries => _entries;

    /// <returns>The file, or -1.</returns>
    public int Find(string name)
    {
        int at = IndexOf(name);
        return at < 0 ? -1 : _entries[at].File;
    }

    public NameTable With(string name, int file)
    {
        int at = IndexOf(name);
        (string Name, int File)[] entries = _entries;
        if (at < 0)
        {
            at = entries.Length;
            Array.Resize(ref entries, at + 1);
        }
        else
        {
            entries = [.. entries];
        }

        entries[at] = (name, file);
        return new NameTable(entries);
    }

    public NameTable Without(string name)
    {
        int at = IndexOf(name);
        return at < 0 ? this : new NameTable([.. _entries.AsSpan(0, at), .. _entries.AsSpan(at + 1)]);
    }

    /// <summary>The same names in the same order, for the files 0, 1, 2...</summary>
    public NameTable Renumbered()
    {
        var entries = new (string Name, int File)[_entries.Length];
        for (int i = 0; i < entries.Length; i++)
        {
            entries[i] = (_entries[i].Name, i);
        }

        return new NameTable(entries);
    }

    private int IndexOf(string name)
    {
        for (int i = 0; i < _entries.Length; i++)
        {
            if (_entries[i].Name == name)
            {
                return i;
            }
        }

        return -1;
    }
}
