using System.Reflection;
using FastCache.Table;
using FastCache.Tagging;
using FastCache.Threading;

namespace FastCache.Tests.Unit.TestTypes;

/// <summary>Reaches the tables of a cache whose values are stored in place.</summary>
internal static class TableAccess
{
    private const BindingFlags Hidden = BindingFlags.Instance | BindingFlags.NonPublic;

    public static Table<TKey, TValue> TableOf<TKey, TValue>(Cache<TKey, TValue> cache, int shard = 0)
        where TKey : notnull
        => Volatile.Read(ref Field<PinnedArray<Table<TKey, TValue>>>(cache, "_tables")[shard]);

    /// <summary>The entries of the table that a shard uses now.</summary>
    public static Entry<TKey, TValue>[] EntriesOf<TKey, TValue>(Cache<TKey, TValue> cache, int shard = 0)
        where TKey : notnull
        => Field<Entry<TKey, TValue>[]>(Field<object>(TableOf(cache, shard), "_entries"), "_items");

    /// <summary>The tags that the table keeps alive.</summary>
    public static IEnumerable<TagSet> TagsOf<TKey, TValue>(Cache<TKey, TValue> cache)
        where TKey : notnull
    {
        Table<TKey, TValue> table = TableOf(cache);
        return Enumerable.Range(0, table.SlotCount).Select(slot => table.Times?.TagsOf(slot)).OfType<TagSet>();
    }

    public static int SlotsOf<TKey, TValue>(Cache<TKey, TValue> cache)
        where TKey : notnull
        => Field<Table<TKey, TValue>[]>(Field<object>(cache, "_tables"), "_items").Sum(table => table.SlotCount);

    private static T Field<T>(object owner, string name)
        => (T)owner.GetType().GetField(name, Hidden)!.GetValue(owner)!;
}
