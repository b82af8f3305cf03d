using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Expiry;

/// <summary>Expiry is the same whatever keys and values are.</summary>
public sealed class ExpiryValueTypeTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    public static TheoryData<EvictionPolicy> Policies => [.. Enum.GetValues<EvictionPolicy>()];

    [Theory]
    [MemberData(nameof(Policies))]
    public void References_expire(EvictionPolicy policy) => Verify(policy, i => i, i => $"{i}");

    [Theory]
    [MemberData(nameof(Policies))]
    public void Values_of_8_bytes_expire(EvictionPolicy policy) => Verify(policy, i => (long)i, i => new IntPair(i, -i));

    [Theory]
    [MemberData(nameof(Policies))]
    public void Values_behind_references_expire(EvictionPolicy policy) => Verify(policy, i => i, i => new Wide(i, -i, $"{i}"));

    [Theory]
    [MemberData(nameof(Policies))]
    public void Values_of_strings_by_a_comparer_expire(EvictionPolicy policy)
        => Verify(policy, i => $"key {i}", i => (long)i, StringComparer.OrdinalIgnoreCase);

    [Theory]
    [MemberData(nameof(Policies))]
    public void Values_of_keys_that_all_collide_expire(EvictionPolicy policy)
        => Verify(policy, i => i, i => i, ScriptedComparer<int>.AllCollide());

    private static void Verify<TKey, TValue>(
        EvictionPolicy policy, Func<int, TKey> makeKey, Func<int, TValue> makeValue, IEqualityComparer<TKey>? comparer = null)
        where TKey : notnull
    {
        foreach (bool isPrecise in new[] { false, true })
        {
            var time = new ManualTimeProvider();
            using Cache<TKey, TValue> cache = ExpiringCache.Of<TKey, TValue>(time, options =>
                (options.Eviction, options.PreciseExpiry, options.Comparer) = (policy, isPrecise, comparer));

            // Those of a number divisible by three stay, of the others one slides.
            EntryOptions[] kinds = [default, ExpiringCache.For(Second), ExpiringCache.Idle(Second)];
            for (int i = 0; i < 30; i++)
            {
                Assert.True(cache.Set(makeKey(i), makeValue(i), kinds[i % 3]));
            }

            time.Advance(0.9 * Second);
            for (int i = 0; i < 30; i++)
            {
                Assert.True(cache.TryGet(makeKey(i), out TValue? value));
                Assert.Equal(makeValue(i), value);
            }

            time.Advance(0.1 * Second);
            for (int i = 0; i < 30; i++)
            {
                Assert.Equal(i % 3 != 1, cache.TryPeek(makeKey(i), out TValue? value));
                Assert.Equal(i % 3 != 1 ? makeValue(i) : default, value);
            }

            time.Advance(0.8 * Second);
            Assert.Equal(20, cache.ToArray().Length);
            time.Advance((0.1 * Second) + ExpiringCache.Tick);
            Assert.Equal(
                Enumerable.Range(0, 10).Select(i => makeValue(3 * i)).ToHashSet(), cache.Select(entry => entry.Value).ToHashSet());
            cache.TrimExpired();
            Assert.Equal(10, cache.Count);
            Assert.Equal(20, cache.Statistics.Expirations);
            cache.AssertConsistent();
        }
    }
}
