namespace FastCache.Tests.Persistence.Simulation;

/// <summary>What a power cut may leave of what was not synced.</summary>
/// <remarks>
/// <para>Of a file, each sector for itself: what was there before, what any of the writes left, zeros or garbage; and any length from the
/// durable to the newest one. Bytes that no unsynced write touched stay, even if their sector was touched: a disk replaces sectors
/// whole, or not. How much of the new is kept differs between crashes, so that nearly all and nearly nothing happen too.</para>
/// <para>Of a directory, each change for itself, except that those of one name keep their order.</para>
/// </remarks>
internal static class Tearing
{
    public const int Sector = 512;
    private const int Chances = 16;

    /// <param name="durable">What was synced.</param>
    /// <param name="writes">What was not, oldest first.</param>
    /// <param name="random">Decides.</param>
    public static SharedBytes Tear(ReadOnlySpan<byte> durable, UnsyncedWrite[] writes, ref SplitMix random)
    {
        int first = int.MaxValue, end = durable.Length;
        foreach (UnsyncedWrite write in writes)
        {
            first = Math.Min(first, write.Offset);
            end = Math.Max(end, write.End);
        }

        byte[] torn = new byte[end];
        durable.CopyTo(torn);
        int newChance = random.Next(Chances + 1);
        for (int sector = first / Sector * Sector; sector < end; sector += Sector)
        {
            TearSector(torn, sector, writes, newChance, ref random);
        }

        int length = random.Next(3) switch
        {
            0 => durable.Length,
            1 => end,
            _ => durable.Length + random.Next(end - durable.Length + 1),
        };
        return SharedBytes.Of(torn.AsSpan(0, length));
    }

    public static NameTable Tear(NameTable durable, DirectoryChange[] changes, ref SplitMix random)
    {
        if (changes.Length == 0)
        {
            return durable;
        }

        int appliedChance = random.Next(Chances + 1);
        var held = new HashSet<string>(StringComparer.Ordinal);
        foreach (DirectoryChange change in changes)
        {
            if (random.Next(Chances) < appliedChance && !change.TouchesAny(held))
            {
                durable = change.ApplyTo(durable);
            }
            else
            {
                change.AddTo(held);
            }
        }

        return durable;
    }

    private static void TearSector(byte[] torn, int sector, UnsyncedWrite[] writes, int newChance, ref SplitMix random)
    {
        if (random.Next(Chances) < newChance)
        {
            Apply(torn, sector, writes, writes.Length);
            return;
        }

        switch (random.Next(4))
        {
            case 0: // As it was.
                break;
            case 1:
                Apply(torn, sector, writes, random.Next(writes.Length));
                break;
            case 2:
                foreach (UnsyncedWrite write in writes)
                {
                    Part(torn, sector, write, out _).Clear();
                }

                break;
            default:
                foreach (UnsyncedWrite write in writes)
                {
                    random.Fill(Part(torn, sector, write, out _));
                }

                break;
        }
    }

    /// <summary>The sector after the first <paramref name="count"/> writes.</summary>
    private static void Apply(byte[] torn, int sector, UnsyncedWrite[] writes, int count)
    {
        for (int i = 0; i < count; i++)
        {
            Span<byte> part = Part(torn, sector, writes[i], out int skipped);
            writes[i].Bytes.Slice(skipped, part.Length).CopyTo(part);
        }
    }

    /// <summary>Where a write meets a sector.</summary>
    private static Span<byte> Part(byte[] torn, int sector, UnsyncedWrite write, out int skipped)
    {
        int start = Math.Max(sector, write.Offset), end = Math.Min(sector + Sector, write.End);
        skipped = end > start ? start - write.Offset : 0;
        return end > start ? torn.AsSpan(start, end - start) : [];
    }
}
