using FastCache.Persistence;
using FastCache.Persistence.Format;
using FastCache.Persistence.Recovery;
using FastCache.Tests.Persistence.Simulation;
using Xunit;

namespace FastCache.Tests.Persistence.Format.Golden;

/// <summary>Logs that were written once must be readable for ever; and what is written today is the same, to the byte.</summary>
/// <remarks>
/// Where the writer changes for good, <c>FASTCACHE_GOLDEN_WRITE=$PWD/tests/Persistence/Format/Golden</c> writes them anew. Rename a file of the
/// old writer before: <c>lz4.log.txt</c> to <c>lz4.1.log.txt</c>. It is read on.
/// </remarks>
public sealed class GoldenLogTests
{
    private const int MaxLength = 64 << 10;

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Format", "Golden");

    public static TheoryData<string> Files => [.. Directory.EnumerateFiles(Folder).Select(static path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    public static TheoryData<string> Names => [.. GoldenLogs.All.Select(static golden => golden.Name)];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task It_is_read(string file)
    {
        GoldenLog golden = Find(file.Split('.')[0]);
        using var session = new GoldenSession(golden, Read(file));
        session.Time.Advance(golden.ReadAt);
        if (golden.Contents is null)
        {
            Assert.Throws<CacheLogException>(session.Open);
            Assert.Equal(0, session.Storage.Boundaries);
            return;
        }

        CacheLog<int, string?> log = session.Open();

        bool isOfFirstWriter = file.Split('.')[1] == "1";
        Assert.Equal((isOfFirstWriter ? golden.FirstReport : null) ?? golden.Report, await log.Restored);
        Assert.Equal(golden.Contents, log.Cache.Select(static entry => (entry.Key, (string?)entry.Value)).OrderBy(static entry => entry.Key));
        log.Cache.Dispose();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void It_is_still_written_so(string name)
    {
        GoldenLog golden = Find(name);
        using var session = new GoldenSession(golden, new SimulatedStorage());
        golden.Write(session);
        string file = name + GoldenFile.Extension;
        if (Environment.GetEnvironmentVariable("FASTCACHE_GOLDEN_WRITE") is { Length: > 0 } folder)
        {
            File.WriteAllText(Path.Combine(folder, file), GoldenFile.ToText(golden, session.Storage));
            Assert.Skip($"{file} was written.");
        }

        Assert.Equal(GoldenFile.ToText(golden, Read(file)), GoldenFile.ToText(golden, session.Storage));
    }

    [Fact]
    public void Together_they_hold_everything_that_the_format_has()
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (SimulatedStorage storage in GoldenLogs.All.Select(static golden => Read(golden.Name + GoldenFile.Extension)))
        {
            Assert.True(LogScan.Read(storage, out LogScan scan).IsOk);
            var decoder = new BlockDecoder(FastCache.Persistence.Lz4.BlockCodecs.Default);
            foreach (BlockLocation block in scan.Blocks)
            {
                found.Add($"codec {block.Header.Codec}");
                using var content = decoder.Read(block);
                var reader = new RecordReader(content is null ? [] : content.Span);
                while (reader.TryRead(out RecordView record))
                {
                    PutHeader put = record.Header;
                    found.Add($"{record.Kind}{(put.Deadline > 0 ? " deadline" : "")}{(put.IdleLimit > 0 ? " idle" : "")}{(put.IsNull ? " null" : "")}{(put.TagsLength > 0 ? " tags" : "")}");
                }
            }
        }

        Assert.Equal(
            [
                "Clear", "Put", "Put deadline", "Put deadline idle", "Put deadline tags", "Put idle", "Put null", "Put null tags", "Put tags",
                "Remove", "RemoveTag", "codec 0", "codec 1",
            ],
            found);
    }

    [Fact]
    public void They_are_small() => Assert.InRange(Directory.EnumerateFiles(Folder).Sum(static path => new FileInfo(path).Length), 1, MaxLength);

    private static GoldenLog Find(string name) => GoldenLogs.All.Single(golden => golden.Name == name);

    /// <summary>What a log holds that was written once, by the name of its file as far as the first dot or in full.</summary>
    internal static SimulatedStorage Read(string name)
        => GoldenFile.Read(File.ReadAllText(Path.Combine(Folder, name.Contains('.', StringComparison.Ordinal) ? name : name + GoldenFile.Extension)));
}
