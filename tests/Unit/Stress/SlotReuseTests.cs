using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Stress;

/// <summary>
/// Caches of two entries whose few slots go from key to key all the time: who reads one meanwhile gets a value of the key
/// that was asked for, or nothing.
/// </summary>
public sealed class SlotReuseTests
{
    private const int Caches = 24;
    private const int Steps = 10_000;
    private const int Keys = 16;

    [Fact]
    public void Integers_with_references_are_never_mistaken() => Churn<long, Stamp, LongToReference>();

    [Fact]
    public void Integers_with_integers_are_never_mistaken() => Churn<long, long, LongToLong>();

    [Fact]
    public void Guids_are_never_mistaken() => Churn<Guid, Stamp, GuidToReference>();

    [Fact]
    public void Strings_are_never_mistaken() => Churn<string, Stamp, TextToReference>();

    [Fact]
    public void Strings_with_a_comparer_are_never_mistaken()
        => Churn<string, Stamp, TextToReference>(StringComparer.OrdinalIgnoreCase);

    [Fact]
    public void Wide_values_are_never_mistaken() => Churn<long, Wide, LongToWide>();

    [Fact]
    public void Keys_with_an_equality_of_their_own_are_never_mistaken() => Churn<Paired, long, StructToLong>();

    private static void Churn<TKey, TValue, TShape>(IEqualityComparer<TKey>? comparer = null)
        where TKey : notnull
        where TShape : struct, IStressShape<TKey, TValue>
    {
        TKey[] keys = [.. Enumerable.Range(0, Keys).Select(TShape.Key)];
        TValue[] values = [.. Enumerable.Range(0, Keys).Select(number => TShape.Value(number, number))];
        for (int seed = 0; seed < Caches; seed++)
        {
            // Each seed prefers other slots, some of which lie across two cache lines.
            using var cache = new Cache<TKey, TValue>(new CacheOptions<TKey, TValue>
            {
                Capacity = 2,
                Comparer = comparer,
                HashSeed = seed,
                Eviction = (EvictionPolicy)(seed % 3),
            });
            Crew.Run(3, thread =>
            {
                for (int i = 0; i < Steps; i++)
                {
                    int number = i % Keys;
                    if (thread == 0)
                    {
                        cache.Set(keys[number], values[number]);
                        Validate(number, cache.TryRemove(keys[number], out TValue? removed), removed);
                    }
                    else
                    {
                        Read(cache, keys[number], number, values[number]);
                    }
                }
            });
            cache.AssertConsistent();
        }

        static void Read(Cache<TKey, TValue> cache, TKey key, int number, TValue value)
        {
            Validate(number, cache.TryGet(key, out TValue? found), found);
            Validate(number, cache.TryPeek(key, out found), found);
            cache.TryUpdate(key, value, value);
            if (number == 0)
            {
                foreach ((TKey other, TValue its) in cache)
                {
                    Validate(TShape.NumberOf(other), isFound: true, its);
                }
            }
        }

        static void Validate(int number, bool isFound, TValue? value)
        {
            if (isFound)
            {
                TShape.Validate(number, value!);
            }
        }
    }
}
