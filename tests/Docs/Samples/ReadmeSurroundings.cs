using FastCache.Persistence;

namespace FastCache.Tests.Docs.Samples;

/// <summary>What the samples of README.md speak of and do not define.</summary>
public static class ReadmeSurroundings
{
    /// <summary>A cache of what the functions below fetch.</summary>
    public static Cache<string, string> prices { get; } = new(100);

    /// <summary>Never cancelled.</summary>
    public static CancellationToken cancellationToken => CancellationToken.None;

    /// <summary>A directory with a log in it.</summary>
    public static string directory
    {
        get
        {
            string path = Surroundings.NewDirectory();
            WriteLogAsync(path).AsTask().GetAwaiter().GetResult();
            return path;
        }
    }

    /// <summary>Fetches one price.</summary>
    public static async ValueTask<string> FetchPriceAsync(LoadContext<string, string> load)
    {
        ArgumentNullException.ThrowIfNull(load);
        await Task.Yield();
        return $"price of {load.Key}";
    }

    /// <summary>Fetches several.</summary>
    public static ValueTask<IEnumerable<KeyValuePair<string, string>>> FetchPricesAsync(
        IReadOnlyList<string> symbols, CancellationToken cancellationToken)
        => new(symbols.Select(static symbol => KeyValuePair.Create(symbol, $"price of {symbol}")));

    private static async ValueTask WriteLogAsync(string path)
    {
        CacheLog<string, string> log = await CacheLog.OpenAsync(
            new CacheOptions<string, string> { Capacity = 10 },
            new CacheLogOptions<string, string> { Directory = path });
        log.Cache.Set("alan", "Alan Turing");
        await log.DisposeAsync();
    }
}
