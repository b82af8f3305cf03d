namespace FastCache.Tests.Persistence.Simulation;

/// <summary>
/// A storage at one moment: files by number, the names on the disk, the names that the process sees, and the changes between them.
/// Immutable: to keep one costs nothing, to make the next one copies a few references.
/// </summary>
/// <remarks>The bytes of a file whose name is not durable are lost with the name, synced or not.</remarks>
internal sealed class StorageImage
{
    private readonly FileImage[] _files;
    private readonly NameTable _durable;
    private readonly DirectoryChange? _unsynced;

    private StorageImage(FileImage[] files, NameTable durable, NameTable names, DirectoryChange? unsynced)
    {
        _files = files;
        _durable = durable;
        Names = names;
        _unsynced = unsynced;
    }

    public static StorageImage Empty { get; } = new([], NameTable.Empty, NameTable.Empty, null);

    public NameTable Names { get; }

    /// <summary>The bytes of all files that have a name.</summary>
    public long Size
    {
        get
        {
            long size = 0;
            foreach ((_, int file) in Names.Entries)
            {
                size += _files[file].Current.Length;
            }

            return size;
        }
    }

    public FileImage this[int file] => _files[file];

    public StorageImage Create(string name, out int file)
    {
        file = _files.Length;
        return Changed([.. _files, FileImage.Empty], new DirectoryChange(null, name, file, _unsynced));
    }

    public StorageImage Delete(string name) => Changed(_files, new DirectoryChange(name, null, 0, _unsynced));

    public StorageImage Rename(string name, string newName)
        => name == newName ? this : Changed(_files, new DirectoryChange(name, newName, Names.Find(name), _unsynced));

    public StorageImage With(int file, FileImage image)
    {
        var files = (FileImage[])_files.Clone();
        files[file] = image;
        return new StorageImage(files, _durable, Names, _unsynced);
    }

    public StorageImage DirectorySynced() => new(_files, KeptNames(), Names, null);

    /// <summary>What a power cut could have left of the changes is on the disk. The process sees them, but the rest is lost.</summary>
    public StorageImage DirectorySyncFailed(ref SplitMix random) => new(_files, TornNames(ref random), Names, null);

    /// <summary>The storage that the next process finds.</summary>
    public SimulatedStorage Crash(CrashPolicy policy, int seed = 0)
    {
        if (policy == CrashPolicy.ProcessKilled)
        {
            return new SimulatedStorage(this);
        }

        var random = new SplitMix(seed);
        NameTable names = policy switch
        {
            CrashPolicy.PowerCutKeepAll => KeptNames(),
            CrashPolicy.PowerCutTorn => TornNames(ref random),
            _ => _durable,
        };
        var files = new FileImage[names.Entries.Length];
        for (int i = 0; i < files.Length; i++)
        {
            FileImage file = _files[names.Entries[i].File];
            files[i] = FileImage.Of(policy switch
            {
                CrashPolicy.PowerCutKeepAll => file.Kept(),
                CrashPolicy.PowerCutTorn => file.Torn(ref random),
                _ => file.Durable,
            });
        }

        names = names.Renumbered();
        return new SimulatedStorage(new StorageImage(files, names, names, null));
    }

    private StorageImage Changed(FileImage[] files, DirectoryChange change) => new(files, _durable, change.ApplyTo(Names), change);

    private NameTable KeptNames()
    {
        NameTable names = _durable;
        foreach (DirectoryChange change in DirectoryChange.OldestFirst(_unsynced))
        {
            names = change.ApplyTo(names);
        }

        return names;
    }

    private NameTable TornNames(ref SplitMix random) => Tearing.Tear(_durable, DirectoryChange.OldestFirst(_unsynced), ref random);
}
