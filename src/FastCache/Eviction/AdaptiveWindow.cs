namespace FastCache.Eviction;

/// <summary>How a shard's capacity, in entries or in weight, is divided between the window and the main queues, moved by ghost hits.</summary>
internal struct AdaptiveWindow
{
    private const double MinShare = 0.01;
    private const double MaxShare = 0.95;
    private const double StepShare = 0.00005;
    private const double ProtectedShare = 0.8;
    private const double TinyShare = 0.02;
    private const double SmallShare = 0.15;
    private const int UseOne = 1 << 16;
    private const int UseSmoothing = 7;
    private const int UseLimit = UseOne * 7 / 10;

    private readonly long _capacity;
    private readonly double _smallest;
    private readonly double _largest;
    private readonly double _step;
    private readonly long _tiny;
    private readonly long _small;
    private double _exact;
    private int _mainUse;

    public AdaptiveWindow(long capacity)
    {
        _capacity = capacity;
        _smallest = Math.Max(1, MinShare * capacity);
        _largest = Math.Max(_smallest, MaxShare * capacity);
        _step = StepShare * capacity;
        _tiny = (long)Math.Max(1, TinyShare * capacity);
        _small = (long)Math.Max(1, SmallShare * capacity);
        _exact = _smallest;
        _mainUse = 0;
        Window = 0;
        Main = 0;
        Protected = 0;
        Divide();
    }

    /// <summary>What the window may hold; at least one.</summary>
    public long Window { get; private set; }

    /// <summary>What probation and protected may hold together.</summary>
    public long Main { get; private set; }

    /// <summary>What protected may hold.</summary>
    public long Protected { get; private set; }

    /// <summary>
    /// A slightly larger window would have kept the key that was asked for: grows it, unless the main part is in full use.
    /// </summary>
    /// <remarks>
    /// In a loop somewhat longer than the capacity every key that is turned away comes back within the ghosts' horizon,
    /// and giving the window what the main part earns with each of its entries would lose all of it.
    /// </remarks>
    /// <param name="entryWeight">What an entry weighs on the average: the window moves by one entry at least.</param>
    public void Grow(long entryWeight)
    {
        if (_mainUse > UseLimit)
        {
            return;
        }

        _exact = Math.Min(_exact + Math.Max(entryWeight, _step), _largest);
        Divide();
    }

    /// <summary>A slightly larger main part would have kept it.</summary>
    /// <param name="entryWeight">See <see cref="Grow"/>.</param>
    public void Shrink(long entryWeight)
    {
        _exact = Math.Max(_exact - Math.Max(entryWeight, _step), _smallest);
        Divide();
    }

    /// <summary>The same division of another capacity.</summary>
    public readonly AdaptiveWindow Of(long capacity)
    {
        var other = new AdaptiveWindow(capacity) { _mainUse = _mainUse };
        other._exact = Math.Clamp(_exact * capacity / _capacity, other._smallest, other._largest);
        other.Divide();
        return other;
    }

    /// <summary>How much of the capacity the window has.</summary>
    public readonly double WindowShare => _exact / _capacity;

    /// <summary>Gives the window a part of the capacity.</summary>
    public void SetWindowShare(double share)
    {
        _exact = Math.Clamp(share * _capacity, _smallest, _largest);
        Divide();
    }

    /// <summary>Whether an entry of the main part that was looked at had been used since the last look.</summary>
    public void ObserveMain(bool wasUsed) => _mainUse += ((wasUsed ? UseOne : 0) - _mainUse) >> UseSmoothing;

    /// <summary>What a victim's frequency counts for against a candidate's.</summary>
    /// <remarks>
    /// With a small window the load looks like a loop or a sweep. There, lazy counting is one lap behind for the victim,
    /// whose turn in this lap has not come, so it gets that lap as an allowance.
    /// </remarks>
    public readonly int WithAllowance(int victimFrequency)
    {
        int threshold = Window <= _tiny ? 1 : 2;
        return Window <= _small && victimFrequency >= threshold ? victimFrequency + 1 : victimFrequency;
    }

    private void Divide()
    {
        Window = Math.Max(1, (long)_exact);
        Main = _capacity - Window;
        Protected = (long)(ProtectedShare * Main);
    }
}
