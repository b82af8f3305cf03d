using FastCache.Persistence.Storage;
using FastCache.Tests.Persistence.Storage;
using Xunit;

namespace FastCache.Tests.Persistence.Simulation;

/// <summary>What is left of the sectors of a file that was not synced.</summary>
public sealed class TearingTests : IDisposable
{
    private const int Sector = Tearing.Sector;
    private const int Seeds = 2000;
    private readonly SimulatedStorage _storage = new();
    private readonly IStorageFile _file;

    public TearingTests()
    {
        _storage.Create("a", 0, out IStorageFile? file).ShouldBeOk();
        _storage.SyncDirectory().ShouldBeOk();
        _file = file!;
    }

    public void Dispose()
    {
        _file.Dispose();
        _storage.Dispose();
    }

    [Fact]
    public void Each_sector_that_was_overwritten_is_old_or_new_or_zero_or_garbage()
    {
        Write(0, 4 * Sector, 'o');
        _file.Sync().ShouldBeOk();
        Write(Sector, 2 * Sector, 'n');

        var seen = new HashSet<string>();
        foreach (byte[] torn in Torn())
        {
            Assert.Equal(4 * Sector, torn.Length);
            Assert.Equal("oo", Kind(torn, 0) + Kind(torn, 3));
            seen.Add(Kind(torn, 1) + Kind(torn, 2));
        }

        Assert.Equal(16, seen.Count);
        Assert.Superset(new HashSet<string> { "oo", "on", "no", "nn", "0?", "?0" }, seen);
    }

    [Fact]
    public void A_sector_may_be_as_any_of_several_writes_left_it()
    {
        Write(0, Sector, '1');
        Write(0, Sector, '2');
        Write(0, Sector, '3');
        Write(Sector, 1, 'x');

        Assert.Equal(["0", "1", "2", "3", "?"], Torn().Where(torn => torn.Length >= Sector).Select(torn => Kind(torn, 0)).Distinct().Order());
    }

    [Fact]
    public void Bytes_that_were_not_written_stay_even_in_a_sector_that_was()
    {
        Write(0, 100, 'o');
        _file.Sync().ShouldBeOk();
        Write(100, 50, 'n');
        Write(300, 50, 'n');

        foreach (byte[] torn in Torn())
        {
            Assert.Equal(-1, torn.AsSpan(0, 100).IndexOfAnyExcept((byte)'o'));
            Assert.Equal(-1, torn.AsSpan(Math.Min(150, torn.Length)..Math.Min(300, torn.Length)).IndexOfAnyExcept((byte)0));
        }
    }

    [Fact]
    public void The_length_is_anything_from_the_synced_to_the_newest_one_and_what_is_missing_is_zero()
    {
        Write(0, 10, 'o');
        _file.Sync().ShouldBeOk();
        Write(10, 3, 'n');
        Write(1000, 3, 'n');

        List<byte[]> all = [.. Torn()];
        Assert.DoesNotContain(all, torn => torn.Length is < 10 or > 1003);
        Assert.InRange(all.Count(torn => torn.Length == 10), Seeds / 4, Seeds / 2);
        Assert.InRange(all.Count(torn => torn.Length == 1003), Seeds / 4, Seeds / 2);
        Assert.InRange(all.Select(torn => torn.Length).Distinct().Count(), 100, 994);
        Assert.Contains(all, torn => torn.Length == 1003 && torn.AsSpan(10).IndexOfAnyExcept((byte)0) < 0);
    }

    [Fact]
    public void Of_a_long_write_all_may_be_left_or_nothing()
    {
        Write(0, 64 * Sector, 'n');

        List<byte[]> all = [.. Torn().Where(torn => torn.Length == 64 * Sector)];
        Assert.Contains(all, torn => torn.AsSpan().IndexOfAnyExcept((byte)'n') < 0);
        Assert.Contains(all, torn => torn.AsSpan().Count((byte)'n') < Sector);
    }

    [Fact]
    public void Corruption_changes_what_it_says_and_is_durable()
    {
        Write(0, 3 * Sector, 'a');
        Write(Sector, Sector, 'b');

        _storage.SwapSectors("a", 1, 2);
        Assert.Equal("aab", Kind(_storage.Bytes("a"), 0) + Kind(_storage.Bytes("a"), 1) + Kind(_storage.Bytes("a"), 2));
        _storage.Zero("a", Sector, Sector);
        _storage.Flip("a", 0, 0x01);
        _storage.Truncate("a", (2 * Sector) + 1);

        byte[] left = _storage.Snapshot().Crash(CrashPolicy.PowerCutDropAll).Bytes("a");
        Assert.Equal("`aa", System.Text.Encoding.ASCII.GetString(left, 0, 3));
        Assert.Equal("0", Kind(left, 1));
        Assert.Equal("b"u8, left.AsSpan(2 * Sector));
    }

    private void Write(int offset, int length, char value)
    {
        byte[] bytes = new byte[length];
        bytes.AsSpan().Fill((byte)value);
        _file.Write(offset, bytes).ShouldBeOk();
    }

    private IEnumerable<byte[]> Torn()
    {
        StorageImage image = _storage.Snapshot();
        for (int seed = 0; seed < Seeds; seed++)
        {
            yield return image.Crash(CrashPolicy.PowerCutTorn, seed).Bytes("a");
        }
    }

    /// <summary>The character of which all of a sector is, 0, or ? for a mixture.</summary>
    private static string Kind(byte[] bytes, int sector)
    {
        ReadOnlySpan<byte> part = bytes.AsSpan(sector * Sector, Sector);
        bool same = part.IndexOfAnyExcept(part[0]) < 0;
        return !same ? "?" : part[0] == 0 ? "0" : ((char)part[0]).ToString();
    }
}
