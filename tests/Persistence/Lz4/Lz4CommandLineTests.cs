using System.ComponentModel;
using System.Diagnostics;
using FastCache.Persistence.Lz4;
using Xunit;

namespace FastCache.Tests.Persistence.Lz4;

/// <summary>The tool <c>lz4</c> reads what we write and we read what it writes. Skipped where it is not installed.</summary>
public sealed class Lz4CommandLineTests : IDisposable
{
    private const string Tool = "lz4";

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("fastcache-lz4-");

    public static TheoryData<RawKind, int> Contents
    {
        get
        {
            TheoryData<RawKind, int> contents = [];
            foreach (RawKind kind in RawBlocks.Kinds)
            {
                contents.Add(kind, 1);
                contents.Add(kind, 100);
                contents.Add(kind, 65_536);
                contents.Add(kind, 1_000_003);
            }

            return contents;
        }
    }

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void The_checksum_of_frames_is_that_of_the_published_vectors()
    {
        Assert.Equal(0x02CC5D05u, XxHash32.Compute([]));
        Assert.Equal(0x32D153FFu, XxHash32.Compute("abc"u8));
        Assert.Equal(0xE2293B2Fu, XxHash32.Compute("Nobody inspects the spammish repetition"u8));
    }

    [Theory]
    [MemberData(nameof(Contents))]
    public void The_tool_reads_our_blocks(RawKind kind, int length)
    {
        byte[] raw = RawBlocks.Create(kind, length, seed: length);
        string encoded = PathOf("ours.lz4");
        string decoded = PathOf("ours.raw");
        File.WriteAllBytes(encoded, Lz4Frame.Write(raw, Lz4BlockCodec.Shared));

        Run("-d", "-f", encoded, decoded);

        Assert.True(raw.AsSpan().SequenceEqual(File.ReadAllBytes(decoded)));
    }

    [Theory]
    [MemberData(nameof(Contents))]
    public void We_read_the_blocks_of_the_tool(RawKind kind, int length)
    {
        byte[] raw = RawBlocks.Create(kind, length, seed: length);
        string source = PathOf("theirs.raw");
        string encoded = PathOf("theirs.lz4");
        File.WriteAllBytes(source, raw);
        foreach (string[] how in (string[][])[["-1", "-B4"], ["-9", "-B4", "--no-frame-crc"], ["-3", "-B7", "-BX", "--content-size"]])
        {
            Run([.. how, "-f", source, encoded]);

            byte[] decoded = Lz4Frame.Read(File.ReadAllBytes(encoded), length, Lz4BlockCodec.Shared);

            Assert.True(raw.AsSpan().SequenceEqual(decoded), string.Join(' ', how));
        }
    }

    private string PathOf(string name) => Path.Combine(_directory.FullName, name);

    private static void Run(params string[] arguments)
    {
        ProcessStartInfo start = new(Tool, ["-q", .. arguments]) { RedirectStandardError = true };
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            Assert.Skip($"No command {Tool} on this machine (Debian package lz4).");
            return;
        }

        using (process)
        {
            string errors = process.StandardError.ReadToEnd();
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, $"{Tool} {string.Join(' ', arguments)}: {process.ExitCode}. {errors}");
        }
    }
}
