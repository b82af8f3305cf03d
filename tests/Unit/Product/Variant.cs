using FastCache.Tests.Unit.TestTypes;
using Xunit;
using Xunit.Sdk;

namespace FastCache.Tests.Unit.Product;

/// <summary>One point of the product with its types: what is needed to test a cache without knowing what it is a cache of.</summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
/// <typeparam name="TValue">The type of the values.</typeparam>
public sealed class Variant<TKey, TValue> : IXunitSerializable
    where TKey : notnull
{
    private const string Name = "name";
    private static readonly int[] Limits = [1, 2, 24, 2100];

    private KeyForm<TKey> _keys;
    private ValueForm<TValue> _values;

    /// <summary>For the runner, which calls <see cref="Deserialize"/> next.</summary>
    public Variant()
        : this(default)
    {
    }

    public Variant(Combination combination) => Become(combination);

    public Combination Combination { get; private set; }

    /// <summary>The capacity or the weight limit.</summary>
    public int Limit => Limits[(int)Combination.Size];

    /// <summary>Entries that are sure to fit together, in whatever shards they are; the first of them even if the others do not.</summary>
    public int Room => Math.Max(1, Limit / HeaviestEntry / (Combination.Size == SizeKind.Large ? 3 : 1));

    /// <summary>Whether entries expire by the options of the cache.</summary>
    public bool Expires => Combination.Life != LifeKind.Forever;

    public bool IsWeighed => Combination.Limit == LimitKind.Weight;

    /// <summary>How keys are compared.</summary>
    public IEqualityComparer<TKey> Comparer => _keys.Comparer ?? EqualityComparer<TKey>.Default;

    /// <summary>What the heaviest entries weigh.</summary>
    public int HeaviestEntry => IsWeighed ? Math.Min(4, Limit) : 1;

    public TKey Key(int number) => _keys.Make(number);

    /// <summary>A key that equals the one of the same number, and may be another object or look different.</summary>
    public TKey Twin(int number) => _keys.MakeTwin(number);

    /// <summary>A value of a key. Two versions that follow each other differ, also in weight if there is room for that.</summary>
    public TValue Value(int number, int version = 0) => _values.Make(number, version);

    /// <summary>Keys from 0, with their values.</summary>
    public IEnumerable<KeyValuePair<TKey, TValue>> Entries(int count)
        => Enumerable.Range(0, count).Select(number => KeyValuePair.Create(Key(number), Value(number)));

    public int NumberOf(TKey key) => _keys.NumberOf(key);

    /// <summary>What an entry weighs.</summary>
    public int WeightOf(TKey key, TValue value)
        => IsWeighed ? 1 + ((NumberOf(key) + (_values.Read(value)?.Version ?? 0)) % HeaviestEntry) : 1;

    /// <summary>Fails if a value is torn or is another key's.</summary>
    public void AssertBelongs(TKey key, TValue value)
    {
        if (_values.Read(value) is { } content)
        {
            Assert.Equal(NumberOf(key), content.Number);
        }
    }

    public CacheOptions<TKey, TValue> Options(TimeProvider time, TimeSpan life) => new()
    {
        Capacity = IsWeighed ? 0 : Limit,
        Weigher = IsWeighed ? WeightOf : null,
        WeightLimit = IsWeighed ? Limit : null,
        Comparer = _keys.Comparer,
        Eviction = Combination.Policy,
        ExpireAfterWrite = Combination.Life == LifeKind.AfterWrite ? life : null,
        ExpireAfterAccess = Combination.Life == LifeKind.AfterAccess ? life : null,
        Expiry = Combination.Life == LifeKind.Computed
            ? new ScriptedExpiry<TKey, TValue> { OnCreate = (_, _) => life, OnUpdate = (_, _, _) => life }
            : null,
        HashSeed = TestCache.Seed,
        TimeProvider = time,
    };

    public void Serialize(IXunitSerializationInfo info) => info.AddValue(Name, Combination.ToString());

    public void Deserialize(IXunitSerializationInfo info) => Become(Combination.Parse(info.GetValue<string>(Name)!));

    public override string ToString() => Combination.ToString();

    [System.Diagnostics.CodeAnalysis.MemberNotNull(nameof(_keys), nameof(_values))]
    private void Become(Combination combination)
    {
        // The runner makes one of whatever types before it says which one it is to be.
        Combination = combination;
        _keys = Forms.TypeOf(combination.Key) == typeof(TKey) ? Forms.Keys<TKey>(combination.Key) : null!;
        _values = Forms.TypeOf(combination.Value) == typeof(TValue) ? Forms.Values<TValue>(combination.Value) : null!;
    }
}
