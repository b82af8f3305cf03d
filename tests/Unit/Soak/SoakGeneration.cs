using System.Collections.Concurrent;
using FastCache.Sharding;
using FastCache.Tests.Unit.TestTypes;
using Xunit;

namespace FastCache.Tests.Unit.Soak;

/// <summary>Two caches, of plain and of scoped values, from their making to the day of reckoning.</summary>
internal sealed class SoakGeneration(int number, ManualTimeProvider time)
{
    private readonly ConcurrentQueue<SoakValue> _values = [];
    private readonly ConcurrentQueue<Resource> _resources = [];
    private readonly SoakSetup _setup = SoakSetup.Of(number);
    private long _bound = SoakSetup.Limit;
    private int _raises;
    private int _users;

    public int Number => number;

    public Cache<int, SoakValue> Values { get; } = SoakSetup.Of(number).Create<SoakValue>(time, static (key, value, _) => value.Tell(key));

    public Cache<int, Scoped<Resource>> Resources { get; } = SoakSetup.Of(number).Create<Scoped<Resource>>(time, null);

    public void Enter() => Interlocked.Increment(ref _users);

    public void Leave() => Interlocked.Decrement(ref _users);

    /// <summary>Makes a value and remembers it.</summary>
    public SoakValue MakeValue(int key)
    {
        var value = new SoakValue(key);
        _values.Enqueue(value);
        return value;
    }

    /// <summary>Makes a resource and remembers it.</summary>
    public Resource MakeResource(int key)
    {
        var resource = new Resource(key);
        _resources.Enqueue(resource);
        return resource;
    }

    /// <summary>Fails if there is more than the limit allows. Also while it is changed.</summary>
    public void AssertWithinLimit()
    {
        int raises = Volatile.Read(ref _raises);
        long bound = Volatile.Read(ref _bound);
        long load = Values.Weight;

        // A bound that was raised meanwhile is not the one that held for what was seen.
        Assert.True(load <= bound || raises != Volatile.Read(ref _raises), $"{load} in the cache, {bound} allowed");
        Assert.InRange(Resources.Weight, 0, SoakSetup.Limit);
    }

    /// <summary>Changes the limit of the cache of values, and returns when it holds. For one thread.</summary>
    public void ChangeLimit(int limit)
    {
        if (limit > _bound)
        {
            Volatile.Write(ref _bound, limit);
            Interlocked.Increment(ref _raises);
        }

        if (_setup.IsWeighed)
        {
            Values.WeightLimit = limit;
        }
        else
        {
            Values.Capacity = limit;
        }

        // Shard by shard: one that holds less than its part may fill up while another one still holds more.
        for (int shard = 0; shard < _setup.Shards; shard++)
        {
            Shard<int, SoakValue> watched = ShardAccess.ShardOf(Values, shard);
            Wait.Until(() => watched.Weight <= ShardLayout.PartOf(limit, shard, _setup.Shards));
        }

        Volatile.Write(ref _bound, limit);
    }

    /// <summary>Examines the caches while nobody writes.</summary>
    public void AssertConsistent()
    {
        Wait.Until(() => Values.LoadsInProgress == 0);
        Values.AssertConsistent();
        Resources.AssertConsistent();
        AssertWithinLimit();
        Assert.All(Enumerable.ToArray(Values), static entry => entry.Value.SeeIn(entry.Key));
    }

    /// <summary>Disposes both caches, under traffic or not, and examines everything that ever was in them.</summary>
    public async Task EndAsync()
    {
        await Values.DisposeAsync();
        await Resources.DisposeAsync();
        Wait.Until(() => Volatile.Read(ref _users) == 0 && Values.LoadsInProgress == 0);
        Assert.Equal((0, 0, 0, 0), (Values.Count, Resources.Count, Values.ListenerFailures, Resources.ListenerFailures));
        Values.AssertConsistent();
        Resources.AssertConsistent();
        Assert.All(_values, static value => value.AssertAccounted());
        Assert.All(_resources, static resource => Assert.Equal(1, resource.Disposals));
    }
}
