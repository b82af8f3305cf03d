using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace FastCache.Tests.Properties.Tagging;

/// <summary>A cache with room for all keys agrees with a dictionary that knows each entry's tags, whatever is done with it.</summary>
public sealed class TagProperties
{
    private const int MaxPrograms = 600;
    private const int MaxOperations = 100;

    private static readonly (int Weight, TagOperationKind Kind)[] Mix =
    [
        (8, TagOperationKind.Set),
        (3, TagOperationKind.SetPlain),
        (4, TagOperationKind.TryAdd),
        (3, TagOperationKind.TryUpdate),
        (3, TagOperationKind.TrySetExpiry),
        (4, TagOperationKind.GetOrAdd),
        (3, TagOperationKind.GetOrAddRemoving),
        (2, TagOperationKind.TryRemove),
        (6, TagOperationKind.RemoveByTags),
        (1, TagOperationKind.RemoveWhere),
        (1, TagOperationKind.Clear),
        (4, TagOperationKind.Advance),
    ];

    [Fact]
    public void What_has_a_tag_is_absent_once_it_was_removed_and_nothing_else_is()
        => Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(MaxPrograms).WithStartSize(1).WithEndSize(MaxOperations),
            Prop.ForAll(Arb.From(Programs, Shrink), TagRun.Run));

    private static Gen<TagProgram> Programs
        => from shards in Gen.Elements(1, 4)
           from isPrecise in Gen.Elements(false, true)
           from isWeighed in Gen.Elements(false, true)
           from isTelling in Gen.Elements(false, true)
           from isSliding in Gen.Elements(false, true)
           from keepsStale in Gen.Elements(false, true)
           from operations in Gen.Sized(static size => Gen.Choose(1, size + 1).SelectMany(static count => Gen.ArrayOf(Operations, count)))
           select new TagProgram(new TagSetup(shards, isPrecise, isWeighed, isTelling, isSliding, keepsStale), operations);

    private static Gen<TagOperation> Operations
        => from kind in Gen.Frequency(Mix.Select(static entry => (entry.Weight, Gen.Constant(entry.Kind))))
           from key in Gen.Frequency((1, Gen.Choose(0, TagRun.Universe - 1)), (2, Gen.Choose(0, 3)))
           from tags in Gen.Choose(0, (1 << TagOperation.TagCount) - 1)
           from removed in Gen.Elements(1, 2, 4, 8, 3, 0)
           from life in Gen.Elements(0, 0, 1, 3, 9)
           select new TagOperation(kind, key, tags, removed, life);

    private static IEnumerable<TagProgram> Shrink(TagProgram program)
    {
        for (int chunk = (program.Operations.Count + 1) / 2; chunk > 0; chunk /= 2)
        {
            for (int start = 0; start < program.Operations.Count; start += chunk)
            {
                yield return program with { Operations = [.. program.Operations.Take(start), .. program.Operations.Skip(start + chunk)] };
            }
        }
    }
}
