using FastCache.Persistence.Format;
using FastCache.Persistence.Writing;
using Xunit;

namespace FastCache.Tests.Persistence.Writing;

public sealed class UnsyncedBlocksTests : IDisposable
{
    private const int Bound = 40;

    private readonly List<StagedBlock> _made = [];
    private readonly List<StagedBlock> _recycled = [];
    private readonly UnsyncedBlocks _unsynced;

    public UnsyncedBlocksTests() => _unsynced = new UnsyncedBlocks(Bound, _recycled.Add);

    public void Dispose() => _made.ForEach(static block => block.Dispose());

    [Fact]
    public void What_is_not_durable_is_there_in_order()
    {
        StagedBlock first = Add(1, 3);
        StagedBlock second = Add(4, 5);
        StagedBlock third = Add(6, 6);

        _unsynced.Release(3);

        Assert.Equal([first], _recycled);
        Assert.Equal([second, third], _unsynced.Since(3)!);
    }

    [Fact]
    public void A_block_is_kept_until_all_of_it_is_durable()
    {
        StagedBlock block = Add(1, 3);

        _unsynced.Release(2);

        Assert.Empty(_recycled);
        Assert.Equal([block], _unsynced.Since(2)!);
    }

    [Fact]
    public void More_than_the_bound_is_let_go_the_oldest_first_and_is_missed_until_it_is_durable()
    {
        StagedBlock first = Add(1, 3, length: 20);
        StagedBlock second = Add(4, 5, length: 30);

        _unsynced.Trim();

        Assert.Equal([first], _recycled);
        Assert.Null(_unsynced.Since(2));
        Assert.Equal([second], _unsynced.Since(3)!);
    }

    [Fact]
    public void Up_to_the_bound_nothing_is_let_go()
    {
        Add(1, 3, length: Bound / 2);
        Assert.False(_unsynced.IsHalfFull);
        Add(4, 5, length: Bound / 2);

        _unsynced.Trim();

        Assert.True(_unsynced.IsHalfFull);
        Assert.Empty(_recycled);
    }

    [Fact]
    public void Without_a_bound_it_is_never_time_for_a_sync_and_nothing_is_kept()
    {
        var none = new UnsyncedBlocks(bound: 0, _recycled.Add);
        none.Add(Block(1, 3, length: 20), 3);
        Assert.False(none.IsHalfFull);

        none.Trim();

        Assert.Single(_recycled);
        Assert.Null(none.Since(0));
    }

    // A snapshot speaks of a sequence that may be older, or not even written.
    [Theory]
    [InlineData(2)]
    [InlineData(90)]
    public void A_block_of_no_records_stands_where_it_was_written_whatever_it_speaks_of(int asOf)
    {
        StagedBlock records = Add(4, 5, length: 30);
        StagedBlock aside = AddAside((ulong)asOf, writtenThrough: 5);
        StagedBlock later = Add(6, 7);

        Assert.Equal([records, aside, later], _unsynced.Since(3)!);
        _unsynced.Release(5);

        Assert.Equal([records, aside], _recycled);
        Assert.Equal([later], _unsynced.Since(5)!);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(90)]
    public void What_was_let_go_is_not_forgotten_for_a_block_of_no_records_behind_it(int asOf)
    {
        Add(4, 5, length: 30);
        AddAside((ulong)asOf, writtenThrough: 5);
        Add(6, 7, length: 40);

        _unsynced.Trim();

        Assert.Equal(2, _recycled.Count);
        Assert.Null(_unsynced.Since(3));
        Assert.Single(_unsynced.Since(5)!);
    }

    private StagedBlock Add(ulong first, ulong last, int length = 4)
    {
        StagedBlock block = Block(first, last, length);
        _unsynced.Add(block, last);
        return block;
    }

    private StagedBlock AddAside(ulong asOf, ulong writtenThrough)
    {
        var block = new StagedBlock(size: 64);
        _made.Add(block);
        block.BeginAside(BlockKind.Standings, asOf, length: 10);
        _unsynced.Add(block, writtenThrough);
        return block;
    }

    private StagedBlock Block(ulong first, ulong last, int length)
    {
        var block = new StagedBlock(size: 64);
        _made.Add(block);
        block.Begin(first);
        int count = (int)(last - first) + 1;
        for (int index = 0; index < count; index++)
        {
            block.Add(index == 0 ? length - count + 1 : 1);
        }

        return block;
    }
}
