using System.Buffers;
using FastCache.Bench.Facades;
using Xunit;

namespace FastCache.Tests.Bench.Facades;

public sealed class FacadeKeysTests
{
    private const int Entries = 50;
    private const int PerTurn = 64;

    [Fact]
    public void Keys_of_reads_are_those_of_the_entries_but_other_strings()
    {
        HashSet<string> present = [.. Enumerable.Range(1, Entries).Select(static id => FacadeKeys.Of(id))];
        ReadOnlyMemory<string>[] batches = RepeatedFacadeKeys.Uniform(Entries, 2 * PerTurn).Next(threads: 2, PerTurn);

        Assert.Equal([PerTurn, PerTurn], batches.Select(static batch => batch.Length));
        foreach (string key in batches.SelectMany(static batch => batch.ToArray()))
        {
            Assert.True(present.TryGetValue(key, out string? stored));
            Assert.NotSame(stored, key);
        }
    }

    [Fact]
    public void New_keys_are_those_of_no_entry_and_of_no_turn_before()
    {
        var keys = new NewFacadeKeys(Entries);

        string[] drawn = [.. Enumerable.Range(0, 3).SelectMany(_ => keys.Next(threads: 2, PerTurn)).SelectMany(static batch => batch.ToArray())];

        Assert.Equal(6 * PerTurn, drawn.Distinct().Count());
        Assert.Empty(drawn.Intersect(Enumerable.Range(1, Entries).Select(static id => FacadeKeys.Of(id))));
    }

    [Fact]
    public void A_copy_of_bytes_is_told_from_other_bytes_and_an_object_from_another()
    {
        object bytes = FacadeValue.Create(100, version: 1);
        object value = FacadeValue.Create(bytes: null, version: 1);

        Assert.True(FacadeValue.IsSame(((byte[])bytes).Clone(), bytes));
        Assert.False(FacadeValue.IsSame(FacadeValue.Create(100, version: 2), bytes));
        Assert.False(FacadeValue.IsSame(FacadeValue.Create(99, version: 1), bytes));
        Assert.True(FacadeValue.IsSame(value, value));
        Assert.False(FacadeValue.IsSame(FacadeValue.Create(bytes: null, version: 1), value));
        Assert.False(FacadeValue.IsSame(null, value));
    }

    [Fact]
    public void A_copy_of_a_text_is_told_from_another_text()
    {
        string text = FacadeValue.CreateText(version: 1);

        Assert.True(FacadeValue.IsSame(new string(text.AsSpan()), text));
        Assert.False(FacadeValue.IsSame(FacadeValue.CreateText(version: 2), text));
        Assert.False(FacadeValue.IsSame(null, text));
    }

    [Fact]
    public void A_buffer_is_as_long_as_what_was_last_written_to_it()
    {
        var buffer = new FittedBuffer();
        foreach (int length in new[] { 100, 100, 4_000, 3 })
        {
            byte[] value = [.. Enumerable.Range(0, length).Select(static i => (byte)i)];

            buffer.Write(value);

            Assert.Equal(value, buffer.TakeWritten());
        }
    }
}
