using System.Globalization;
using System.Text;

namespace FastCache.Bench.Workloads;

/// <summary>
/// Records such as caches hold, as JSON of about 390 bytes: names and structure that repeat, numbers and identifiers that do not. The
/// same for the same seed.
/// </summary>
internal static class JsonRecords
{
    private static readonly string[] Names = ["Ada", "Grace", "Edsger", "Barbara", "Donald", "Leslie", "Tony", "Frances", "John", "Margaret"];
    private static readonly string[] Families = ["Lovelace", "Hopper", "Dijkstra", "Liskov", "Knuth", "Lamport", "Hoare", "Allen", "Backus", "Hamilton"];
    private static readonly string[] Cities = ["London", "New York", "Rotterdam", "Los Angeles", "Milwaukee", "Colombo", "Peru", "Philadelphia", "Paoli"];
    private static readonly string[] Tags = ["new", "gold", "trial", "staff", "beta", "eu", "us", "returning", "invoice", "blocked"];

    /// <summary>As many whole records as fit, and the beginning of one more.</summary>
    public static byte[] Create(int length, long seed)
    {
        SplitMix64 random = new(seed);
        byte[] bytes = new byte[length];
        for (int written = 0; written < length;)
        {
            byte[] record = Encoding.UTF8.GetBytes(Record(ref random));
            int count = Math.Min(record.Length, length - written);
            record.AsSpan(0, count).CopyTo(bytes.AsSpan(written));
            written += count;
        }

        return bytes;
    }

    private static string Record(ref SplitMix64 random)
    {
        string name = Pick(Names, ref random);
        string family = Pick(Families, ref random);
        DateTime created = DateTime.UnixEpoch.AddSeconds(1_500_000_000 + random.NextBelow(200_000_000));
        DateTime seen = created.AddSeconds(random.NextBelow(30_000_000));
        return string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            {"id":{{random.NextBelow(100_000_000)}},"key":"{{random.Next():x16}}{{random.Next():x16}}","name":"{{name}} {{family}}","email":"{{name}}.{{family}}{{random.NextBelow(1000)}}@example.com","created":"{{created:s}}Z","seen":"{{seen:s}}Z","balance":{{random.NextBelow(10_000_000) / 100.0:0.00}},"city":"{{Pick(Cities, ref random)}}","tags":["{{Pick(Tags, ref random)}}","{{Pick(Tags, ref random)}}"],"session":"{{random.Next():x16}}","etag":"{{random.Next():x16}}{{random.Next():x8}}","visits":{{random.NextBelow(5000)}},"active":{{(random.NextBelow(2) == 0 ? "true" : "false")}}}

            """);
    }

    private static string Pick(string[] choices, ref SplitMix64 random) => choices[random.NextBelow(choices.Length)];
}
