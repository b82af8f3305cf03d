namespace FastCache.Eviction;

/// <summary>How a shard's capacity is divided between the window and the main queues, moved by ghost hits.</summary>
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

    private readonly int _capacity;
    private readonly double _smallest;
    private readonly double _largest;
    private readonly double _step;
    private readonly int _tiny;
    private readonly int _small;
    private double _exact;
    private int _mainUse;

    public AdaptiveWindow(int capacity)
    {
        _capacity = capacity;
        _smallest = Math.Max(1, MinShare * capacity);
        _largest = Math.Max(_smallest, MaxShare * capacity);
        _step = Math.Max(1, StepShare * capacity);
        _tiny = (int)Math.Max(1, TinyShare * capacity);
        _small = (int)Math.Max(1, SmallShare * capacity);
        _exact = _smallest;
        _mainUse = 0;
        Window = 0;
        Main = 0;
        Protected = 0;
        Divide();
    }

    /// <summary>Entries that the window may hold; at least one.</summary>
    public int Window { get; private set; }

    /// <summary>Entries that probation and protected may hold together.</summary>
    public int Main { get; private set; }

    /// <summary>Entries that protected may hold.</summary>
    public int Protected { get; private set; }

    /// <summary>
    /// A slightly larger window would have kept the key that was asked for: grows it, unless the main part is in full use.
    /// </summary>
    /// <remarks>
    /// In a loop somewhat longer than the capacity every key that is turned away comes back within the ghosts' horizon,
    /// and giving the window what the main part earns with each of its entries would lose all of it.
    /// </remarks>
    public void Grow()
    {
        if (_mainUse > UseLimit)
        {
            return;
        }

        _exact = Math.Min(_exact + _step, _largest);
        Divide();
    }

    /// <summary>A slightly larger main part would have kept it.</summary>
    public void Shrink()
    {
        _exact = Math.Max(_exact - _step, _smallest);
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
        Window = Math.Max(1, (int)_exact);
        Main = _capacity - Window;
        Protected = (int)(ProtectedShare * Main);
    }
}
