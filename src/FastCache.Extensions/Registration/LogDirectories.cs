namespace FastCache.Extensions.Registration;

/// <summary>Which cache has its log in which directory: the second one of a directory would find it in use. Thread-safe.</summary>
internal sealed class LogDirectories
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, CacheLabel> _owners = new(StringComparer.Ordinal);

    /// <summary>Takes a directory for a cache, which may have taken it before.</summary>
    /// <exception cref="CacheOptionsException">Another cache has taken it.</exception>
    public void Take(string directory, CacheLabel owner)
    {
        if (directory.Length == 0)
        {
            // That is a fault of the log's options, which name it.
            return;
        }

        string path = Path.GetFullPath(directory);
        lock (_gate)
        {
            if (!_owners.TryAdd(path, owner) && _owners[path] != owner)
            {
                throw new CacheOptionsException(
                    [$"The logs of {_owners[path]} and of {owner} are both in {path}; each needs a directory of its own."], paramName: null);
            }
        }
    }
}
