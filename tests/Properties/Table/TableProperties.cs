using FastCache.Table;
using Xunit;

namespace FastCache.Tests.Properties.Table;

public class TableProperties
{
    [Fact]
    public void A_table_agrees_with_a_dictionary_whatever_the_operations()
        => Check(key => new KeyHash(((ulong)((uint)key * 0x9E37_79B1) << 32) | (uint)(key & 0xFF)), universe: 150);

    [Fact]
    public void A_table_agrees_with_a_dictionary_when_tags_repeat()
        => Check(key => new KeyHash(((ulong)((uint)key * 0x9E37_79B1) << 32) | (uint)(key & 1)), universe: 150);

    [Fact]
    public void A_table_agrees_with_a_dictionary_when_hashes_come_in_a_few_heaps()
        => Check(key => new KeyHash(((ulong)((uint)(key % 3) * 0x5555_0000) << 32) | 9), universe: 500);

    [Fact]
    public void A_table_agrees_with_a_dictionary_when_all_keys_have_one_hash()
        => Check(_ => new KeyHash(0xFFFF_FFFF_0000_0007), universe: 500);

    [Fact]
    public void A_copy_has_the_entries_and_the_references_of_the_original()
        => Steps.Check(sequences: 100, longest: 120, steps =>
        {
            var model = new TableModel(groups: 5, HashOf);
            foreach (Step step in steps)
            {
                model.Do(step with { Argument = step.Argument % 100 });
            }

            int groups = 1 + (steps.Length * 7 % 40);
            model.AssertCopiesTo(TableModel.SizeWith(groups));

            static KeyHash HashOf(int key) => new(((ulong)((uint)key * 0x9E37_79B1) << 32) | (uint)key);
        });

    private static void Check(Func<int, KeyHash> hashOf, int universe)
        => Steps.Check(sequences: 150, longest: 400, steps =>
        {
            // From one group to more than a search may visit.
            foreach (int groups in new[] { 1, 3, TableSize.MaxProbes + 1 })
            {
                var model = new TableModel(groups, hashOf);
                foreach (Step step in steps)
                {
                    model.Do(step with { Argument = step.Argument % universe });
                }

                model.AssertAgrees(universe);
            }
        });
}
