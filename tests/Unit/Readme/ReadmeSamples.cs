using System.Diagnostics.CodeAnalysis;
using FastCache.Persistence;

namespace FastCache.Tests.Unit.Readme;

/// <summary>The samples of the README, as they stand there: compiled here, and run.</summary>
[SuppressMessage("Performance", "CA1859", Justification = "As in the README.")]
internal static class ReadmeSamples
{
    public static void FirstLook()
    {
        using var users = new Cache<long, User>(capacity: 100_000);

        users.Set(42, new User("Ada"));

        if (users.TryGet(42, out User? user))
        {
            Console.WriteLine(user.Name);
        }

        User other = users.GetOrAdd(7, static id => new User($"user {id}"));

        _ = other;
    }

    public static void LookupBySpan()
    {
        var pages = new Cache<string, int>(1_000);
        pages.Set("/home", 1);

        var bySpan = pages.GetAlternateLookup<ReadOnlySpan<char>>();
        bool found = bySpan.TryGet("GET /home".AsSpan(4), out int id);

        _ = (found, id);
    }

    public static void PolicyAndComparer()
    {
        var headers = new Cache<string, string>(new CacheOptions<string, string>
        {
            Capacity = 10_000,
            Eviction = EvictionPolicy.Lru,
            Comparer = StringComparer.OrdinalIgnoreCase,
        });

        _ = headers;
    }

    public static async Task Loading(CancellationToken cancellationToken)
    {
        using var prices = new Cache<string, string>(100);

        var loading = new LoadOptions
        {
            Entry = new EntryOptions { ExpireAfterWrite = TimeSpan.FromMinutes(5) },
            EagerRefreshThreshold = 0.9,
            FailSafeMaxDuration = TimeSpan.FromHours(1),
            SoftTimeout = TimeSpan.FromMilliseconds(100),
            HardTimeout = TimeSpan.FromSeconds(5),
        };

        string price = await prices.GetOrAddAsync("ACME", FetchPriceAsync, loading, cancellationToken);
        Dictionary<string, string> all = await prices.GetOrAddManyAsync(["ACME", "INIT"], FetchPricesAsync, loading, cancellationToken);

        _ = (price, all);

        static async ValueTask<string> FetchPriceAsync(LoadContext<string, string> load)
        {
            await Task.Yield();
            return $"price of {load.Key}";
        }

        static ValueTask<IEnumerable<KeyValuePair<string, string>>> FetchPricesAsync(
            IReadOnlyList<string> symbols, CancellationToken cancellationToken)
            => new(symbols.Select(static symbol => KeyValuePair.Create(symbol, $"price of {symbol}")));
    }

    public static async Task Log(string directory)
    {
        await using CacheLog<string, string> log = await CacheLog.OpenAsync(
            new CacheOptions<string, string> { Capacity = 100_000 },
            new CacheLogOptions<string, string> { Directory = directory });

        Cache<string, string> names = log.Cache;
        names.Set("ada", "Ada Lovelace");
        await log.SetAsync("grace", "Grace Hopper");
        RecoveryReport report = await log.Restored;

        _ = report;
    }

    public static async Task Inspection(string directory)
    {
        LogVerification found = await CacheLog.VerifyAsync(directory);
        Console.WriteLine($"{found.IsIntact}, {found.Entries} entries, {found.Damage.Count} damaged places");

        await foreach (LogEntry<string, string> entry in CacheLog.ReadEntriesAsync<string, string>(directory))
        {
            Console.WriteLine($"{entry.Key}: {entry.Value}");
        }
    }

    public static void Expiry()
    {
        var sessions = new Cache<string, string>(new CacheOptions<string, string>
        {
            Capacity = 50_000,
            ExpireAfterAccess = TimeSpan.FromMinutes(20),
        });

        sessions.Set("7f3a", "Ada");
        sessions.Set("admin", "Grace", new EntryOptions { ExpireAfterWrite = TimeSpan.FromMinutes(5) });
        TimeSpan? left = sessions.TimeToLive("admin");

        _ = left;
    }

    public static void LimitInBytes()
    {
        var files = new Cache<string, byte[]>(new CacheOptions<string, byte[]>
        {
            WeightLimit = 256L << 20,
            Weigher = static (name, content) => content.Length + (2 * name.Length),
            MaxEntryWeight = 8 << 20,
        });

        bool kept = files.Set("logo.png", new byte[70_000]);

        _ = kept;
    }

    internal sealed record User(string Name);
}
