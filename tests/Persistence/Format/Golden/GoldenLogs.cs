using System.Globalization;
using FastCache.Persistence;
using FastCache.Persistence.Format;
using FastCache.Tests.Persistence.Simulation;

namespace FastCache.Tests.Persistence.Format.Golden;

/// <summary>The logs that are kept.</summary>
internal static class GoldenLogs
{
    private const string FirstSegment = "0000000000000001.seg";

    public static IReadOnlyList<GoldenLog> All { get; } =
    [
        new("raw", "Values that do not compress, and the strange ones: empty, null, halves of surrogate pairs.", static session =>
        {
            session.Open();
            session.Cache.Set(1, Noise(1, 60));
            session.Cache.Set(2, "");
            session.Cache.Set(3, null);
            session.Cache.Set(4, "\uDC00\uD800");
            session.Cache.Set(-5, "Ä \U0001F600");
            session.Stop();
        })
        {
            Contents = [(-5, "Ä \U0001F600"), (1, Noise(1, 60)), (2, ""), (3, null), (4, "\uDC00\uD800")],
            Report = new() { WasStopped = true, Segments = 1, Blocks = 1, BytesRead = 107, Read = 5, Restored = 5 },
        },

        new("lz4", "Values that compress, in three blocks.", static session =>
        {
            session.Open();
            Fill(session.Cache, keys: 12, length: 100);
            session.Stop();
        })
        {
            Contents = Filled(keys: 12, length: 100),
            Report = new() { WasStopped = true, Segments = 1, Blocks = 3, BytesRead = 1_299, Read = 12, Restored = 12 },
        },

        new("operations", "Every operation: put, overwrite, update, load, remove, a remove of nothing, a clear.", static session =>
        {
            session.Open();
            session.Cache.Set(1, "cleared");
            session.Cache.Clear();
            session.Cache.Set(2, "overwritten");
            session.Cache.Set(2, "two");
            session.Cache.Set(3, "before its update");
            session.Cache.TryUpdate(3, "three");
            session.Cache.GetOrAdd(4, static _ => "four");
            session.Cache.Set(5, "removed");
            session.Cache.TryRemove(5);
            session.Cache.TryRemove(6);
            session.Stop();
        })
        {
            Contents = [(2, "two"), (3, "three"), (4, "four")],
            Report = new() { WasStopped = true, Segments = 1, Blocks = 1, BytesRead = 122, Read = 7, Restored = 3, Superseded = 2 },
            FirstReport = new() { WasStopped = true, Segments = 1, Blocks = 1, BytesRead = 122, Read = 9, Restored = 3, Superseded = 3 },
        },

        new("tags", "Values with one tag, two, and one that is no UTF-8; tags that are removed, with a value of theirs put later.", static session =>
        {
            session.Open();
            session.Cache.Set(1, "one", new EntryOptions { Tags = ["a"] });
            session.Cache.Set(2, "two", new EntryOptions { Tags = ["b", "a"], ExpireAfterWrite = TimeSpan.FromHours(1) });
            session.Cache.Set(3, "three", new EntryOptions { Tags = ["\uD800"] });
            session.Cache.Set(4, null, new EntryOptions { Tags = ["c"] });
            session.Cache.RemoveByTags("b", "\uD800");
            session.Cache.Set(5, "five", new EntryOptions { Tags = ["b"] });
            session.Stop();
        })
        {
            Contents = [(1, "one"), (4, null), (5, "five")],
            Report = new() { WasStopped = true, Segments = 1, Blocks = 1, BytesRead = 85, Read = 7, Restored = 3, Superseded = 2 },
        },

        Lives("expiry", TimeSpan.FromSeconds(9)) with
        {
            Contents = [(1, "for ever"), (2, "ten seconds"), (3, "ten seconds idle"), (4, "both")],
            Report = new() { WasStopped = true, Segments = 1, Blocks = 1, BytesRead = 115, Read = 4, Restored = 4 },
        },

        Lives("expired", TimeSpan.FromSeconds(10)) with
        {
            Contents = [(1, "for ever"), (4, "both")],
            Report = new() { WasStopped = true, Segments = 1, Blocks = 1, BytesRead = 115, Read = 4, Restored = 2, Expired = 2 },
        },

        new("large", "Records that are longer than a block.", static session =>
        {
            session.Open();
            session.Cache.Set(1, "small");
            session.Cache.Set(2, Noise(2, 300));
            session.Cache.Set(3, new string('x', 3_000));
            session.Cache.Set(4, "small too");
            session.Stop();
        })
        {
            BlockSize = 128,
            Contents = [(1, "small"), (2, Noise(2, 300)), (3, new string('x', 3_000)), (4, "small too")],
            Report = new() { WasStopped = true, Segments = 1, Blocks = 4, BytesRead = 3_344, Read = 4, Restored = 4 },
        },

        new("segments", "Several segments.", static session =>
        {
            session.Open();
            Fill(session.Cache, keys: 6, length: 60);
            session.Flush();
            Fill(session.Cache, keys: 8, length: 70);
            session.Stop();
        })
        {
            BlockSize = 128,
            SegmentSize = 700,
            Contents = Filled(keys: 8, length: 70),
            Report = new() { WasStopped = true, Segments = 6, Blocks = 14, BytesRead = 692, Read = 8, Restored = 8 },
            FirstReport = new() { WasStopped = true, Segments = 5, Blocks = 14, BytesRead = 1_032, Read = 14, Restored = 8, Superseded = 6 },
        },

        new("compacted", "A log whose first segments have gone, after what was needed of them was written once more.", static session =>
        {
            session.Open();
            session.Cache.Set(100, "written once");
            for (int round = 0; round < 5; round++)
            {
                Fill(session.Cache, keys: 4, length: 70 + round);
                session.Flush();
            }

            session.Stop();
        })
        {
            BlockSize = 128,
            SegmentSize = 700,
            Contents = [.. Filled(keys: 4, length: 74), (100, "written once")],
            Report = new() { WasStopped = true, Segments = 4, Blocks = 9, BytesRead = 428, Read = 5, Restored = 5 },
        },

        Groups("killed", "A log whose process was killed after its third group was synced, and before a fourth was written."),

        Groups("cut", "The same, of whose last block only the header is on the disk.", static storage
            => storage.Truncate(FirstSegment, storage.Bytes(FirstSegment).Length - LogFormat.Alignment)) with
        {
            Contents = [(1, "of group 2"), (2, "of group 2")],
            Report = new() { Segments = 1, Blocks = 2, BytesRead = 68, Read = 4, Restored = 2, Superseded = 2 },
        },

        Groups("torn", "The same, with zeros where the content of the last block should be.", static storage
            => storage.Zero(FirstSegment, storage.Bytes(FirstSegment).Length - LogFormat.Alignment, LogFormat.Alignment)) with
        {
            Contents = [(1, "of group 2"), (2, "of group 2")],
            Report = new() { Segments = 1, Blocks = 2, BytesRead = 68, Read = 4, Restored = 2, Superseded = 2, Torn = 2 },
        },

        Groups("hole", "The same, with a second block that has rotted: what is older is in doubt.", static storage
            => storage.Flip(FirstSegment, SegmentHeader.Length + 128 + BlockHeader.Length + 5, 0x10)) with
        {
            Contents = [(1, "of group 3"), (2, "of group 3")],
            Report = new() { Segments = 1, Blocks = 1, BytesRead = 34, Read = 2, Restored = 2, Missing = 2, Doubtful = 2, Quarantined = 1 },
        },

        Groups("ignorable", "The same, with two blocks behind it of a kind that a later version may write and any may pass over.", static storage =>
        {
            storage.AppendBlock(FirstSegment, BlockKind.Standings, firstSequence: 0, records: 0, "nothing that version 1 knows of"u8);
            storage.AppendBlock(FirstSegment, (BlockKind)255, firstSequence: 7, records: 3, "nor of this"u8);
        }),

        Groups("compatible", "The same, with features that a reader may ignore.", static storage
            => storage.EditHeader(FirstSegment, static header => header with { Features = new FeatureBits(0x8000_0001, 0, 0) })),

        Groups("read-only", "The same, with a feature that a writer must know.", static storage
            => storage.EditHeader(FirstSegment, static header => header with { Features = new FeatureBits(0, 0x8000_0000, 0) })) with
        {
            Contents = null,
        },

        Groups("incompatible", "The same, with a feature that a reader must know.", static storage
            => storage.EditHeader(FirstSegment, static header => header with { Features = new FeatureBits(0, 0, 0x8000_0000) })) with
        {
            Contents = null,
        },

        new("reopened", "A log that was killed, torn, opened again and stopped: its sequences go on behind those that were torn off.", static session =>
        {
            session.Open();
            WriteGroups(session);
            session.Kill();
            session.Storage.Flip(FirstSegment, session.Storage.Bytes(FirstSegment).Length - 60, 0x01);
            session.Open();
            session.Cache.Set(2, "since");
            session.Stop();
        })
        {
            Contents = [(1, "of group 2"), (2, "since")],
            Report = new() { WasStopped = true, Segments = 2, Blocks = 3, BytesRead = 80, Read = 3, Restored = 2, Superseded = 1 },
            FirstReport = new() { WasStopped = true, Segments = 2, Blocks = 3, BytesRead = 80, Read = 5, Restored = 2, Superseded = 3 },
        },
    ];

    private static GoldenLog Lives(string name, TimeSpan readAt)
        => new(name, $"Values that expire, read after {readAt.TotalSeconds} seconds.", static session =>
        {
            session.Open();
            session.Cache.Set(1, "for ever");
            session.Cache.Set(2, "ten seconds", new EntryOptions { ExpireAfterWrite = TimeSpan.FromSeconds(10) });
            session.Cache.Set(3, "ten seconds idle", new EntryOptions { ExpireAfterAccess = TimeSpan.FromSeconds(10) });
            session.Cache.Set(
                4, "both", new EntryOptions { ExpireAfterWrite = TimeSpan.FromSeconds(30), ExpireAfterAccess = TimeSpan.FromSeconds(20) });
            session.Stop();
        })
        {
            ReadAt = readAt,
        };

    /// <summary>A log of three groups, each synced on its own, that was killed.</summary>
    private static GoldenLog Groups(string name, string says, Action<SimulatedStorage>? afterwards = null)
        => new(name, says, session =>
        {
            session.Open();
            WriteGroups(session);
            session.Cache.Set(3, "never written");
            session.Kill();
            afterwards?.Invoke(session.Storage);
        })
        {
            Contents = [(1, "of group 3"), (2, "of group 3")],
            Report = new() { Segments = 1, Blocks = 3, BytesRead = 102, Read = 6, Restored = 2, Superseded = 4 },
        };

    private static void WriteGroups(GoldenSession session)
    {
        for (int group = 1; group <= 3; group++)
        {
            session.Cache.Set(1, $"of group {group}");
            session.Cache.Set(2, $"of group {group}");
            session.Flush();
        }
    }

    private static void Fill(Cache<int, string?> cache, int keys, int length)
    {
        foreach ((int key, string? value) in Filled(keys, length))
        {
            cache.Set(key, value);
        }
    }

    private static (int Key, string? Value)[] Filled(int keys, int length)
        => [.. Enumerable.Range(1, keys).Select(key => (key, (string?)(key.ToString(CultureInfo.InvariantCulture) + new string('x', length))))];

    private static string Noise(int seed, int length)
    {
        var random = new SplitMix(seed);
        return string.Create(length, random, static (letters, random) =>
        {
            foreach (ref char letter in letters)
            {
                letter = (char)(' ' + random.Next('~' - ' '));
            }
        });
    }
}
