using System.Runtime.CompilerServices;

namespace FastCache.Tests.Schedules.Memory;

/// <summary>What one thread sees of a <see cref="WeakMemory"/>.</summary>
internal sealed class View(WeakMemory memory)
{
    private readonly Knowledge _current = new();

    // What relaxed loads have brought: known after a load fence.
    private readonly Knowledge _pending = new();

    // What relaxed stores pass on: what was known at the last store fence.
    private Knowledge? _fenced;

    public T Load<T>(ref T place, Order order)
        where T : unmanaged
    {
        Location location = memory.WordAt(ref place);
        object? seen = location.ValueAt(See(location, order));
        if (!memory.HasHistory)
        {
            return place;
        }

        ulong word = (ulong)seen!;
        return Unsafe.As<byte, T>(ref Unsafe.Add(ref Unsafe.As<ulong, byte>(ref word), WeakMemory.OffsetOf(ref place)));
    }

    public void Store<T>(ref T place, T value, Order order)
        where T : unmanaged
    {
        Location location = memory.WordAt(ref place);
        place = value;
        Record(location, WeakMemory.WordAround(ref place), KnownBy(order));
    }

    public T LoadReference<T>(ref T place, Order order)
    {
        Location location = memory.ReferenceAt(ref place);
        object? seen = location.ValueAt(See(location, order));
        return memory.HasHistory ? (T)seen! : place;
    }

    public void StoreReference<T>(ref T place, T value, Order order)
    {
        Location location = memory.ReferenceAt(ref place);
        place = value;
        Record(location, value, KnownBy(order));
    }

    /// <summary>Reads what is not simulated word by word: the newest.</summary>
    public void See<T>(ref T place) => _pending.Learn(memory.PlaceAt(ref place).NewestKnown);

    /// <summary>Writes what is not simulated word by word.</summary>
    public void Pass<T>(ref T place) => memory.PlaceAt(ref place).Add(null, _fenced);

    /// <summary>Reads the newest and writes, as one step with a full fence on both sides.</summary>
    public void Exchange<T>(ref T place, T value)
        where T : unmanaged
    {
        Location location = memory.WordAt(ref place);
        SeeNewest(location);
        place = value;
        _current[location] = location.Newest + 1;
        FullFence();
        Record(location, WeakMemory.WordAround(ref place), _current.Copy());
    }

    /// <summary>A compare-and-swap that finds something else.</summary>
    public void Fail<T>(ref T place)
        where T : unmanaged
    {
        SeeNewest(memory.WordAt(ref place));
        FullFence();
    }

    public void LoadFence() => _current.Learn(_pending);

    public void StoreFence() => _fenced = _current.Copy();

    public void FullFence()
    {
        _current.Learn(_pending);
        _current.Learn(memory.Fenced);
        memory.Fenced.Learn(_current);
        _fenced = _current.Copy();
    }

    private int See(Location location, Order order)
    {
        int floor = Math.Max(_current[location], location.Floor);
        int store = location.Newest - memory.ChooseAge(location.Newest - floor + 1);
        _current[location] = store;
        _pending.Learn(location.KnownAt(store));
        if (order == Order.Acquire)
        {
            _current.Learn(location.KnownAt(store));
        }

        return store;
    }

    private void SeeNewest(Location location)
    {
        _current[location] = location.Newest;
        _current.Learn(location.KnownAt(location.Newest));
    }

    private Knowledge? KnownBy(Order order) => order == Order.Release ? _current.Copy() : _fenced;

    private void Record(Location location, object? value, Knowledge? known)
    {
        location.Add(value, known);
        _current[location] = location.Newest;
    }
}
