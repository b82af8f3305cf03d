using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Stress;

/// <summary>
/// Keys of several words are copied while a slot may change hands. Code of the application that compares them sees only
/// keys that were set: no mixture of two, and no null of a slot that was cleared.
/// </summary>
public sealed class WholeKeysTests
{
    private const int Caches = 100;
    private const int Steps = 10_000;

    [Fact]
    public void A_comparer_of_strings_never_sees_null()
        => Churn(number => $"key {number}", new StrictTextComparer());

    [Fact]
    public void A_comparer_of_guids_never_sees_a_mixture()
        => Churn(GuidToReference.Key, new StrictGuidComparer());

    [Fact]
    public void A_struct_with_an_equality_of_its_own_never_sees_a_mixture()
    {
        Churn(number => new Twins(number, $"{number}"), comparer: null);

        Assert.Equal(0, Twins.TornKeys);
    }

    /// <summary>A few slots change hands all the time while others look for what was there.</summary>
    private static void Churn<TKey>(Func<int, TKey> makeKey, IEqualityComparer<TKey>? comparer)
        where TKey : notnull
    {
        TKey[] keys = [.. Enumerable.Range(0, 16).Select(makeKey)];
        for (int seed = 0; seed < Caches; seed++)
        {
            // Each seed prefers other slots, some of which lie across two cache lines.
            using var cache = new Cache<TKey, string>(new CacheOptions<TKey, string>
            {
                Capacity = 2,
                Comparer = comparer,
                HashSeed = seed,
            });
            Crew.Run(3, thread =>
            {
                for (int i = 0; i < Steps; i++)
                {
                    TKey key = keys[i % keys.Length];
                    if (thread == 0)
                    {
                        cache.Set(key, "value");
                        cache.TryRemove(key);
                    }
                    else
                    {
                        cache.TryGet(key, out _);
                        cache.TryUpdate(key, "value");
                    }
                }
            });
            cache.AssertConsistent();
        }
    }

    /// <summary>A word and a reference that belong together.</summary>
    private readonly struct Twins(int number, string text) : IEquatable<Twins>
    {
        private static int s_tornKeys;

        public static int TornKeys => Volatile.Read(ref s_tornKeys);

        private readonly int _number = number;
        private readonly string _text = text;

        public bool Equals(Twins other)
        {
            if (!IsWhole || !other.IsWhole)
            {
                Interlocked.Increment(ref s_tornKeys);
            }

            return _number == other._number;
        }

        public override bool Equals(object? obj) => obj is Twins other && Equals(other);

        public override int GetHashCode() => 7;

        private bool IsWhole => _text is not null && _text.Length == (_number < 10 ? 1 : 2) && _text[^1] == '0' + (_number % 10);
    }

    private sealed class StrictTextComparer : IEqualityComparer<string>
    {
        public bool Equals(string? x, string? y)
        {
            Assert.NotNull(x);
            Assert.NotNull(y);
            return x == y;
        }

        // All tags are the same, so every search compares.
        public int GetHashCode(string obj) => 7;
    }

    private sealed class StrictGuidComparer : IEqualityComparer<Guid>
    {
        public bool Equals(Guid x, Guid y) => GuidToReference.NumberOf(x) == GuidToReference.NumberOf(y);

        public int GetHashCode(Guid obj) => 7;
    }
}
