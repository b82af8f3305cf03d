namespace FastCache.Bench.Workloads;

/// <summary>A thread's place in the cyclic sequence of keys.</summary>
internal struct KeyCursor
{
    /// <summary>Keys per call of a measured loop: few, so that the loop's optimised version is soon picked up.</summary>
    public const int SliceLength = 1 << 14;

    private readonly int _length;
    private readonly bool _neverRepeats;
    private SplitMix64 _salts;
    private int _position;

    /// <param name="length">Length of the sequence: a power of two.</param>
    /// <param name="neverRepeats">Whether each lap gets a random salt, so that its keys are new.</param>
    public KeyCursor(int length, bool neverRepeats, int thread, int threads)
    {
        _length = length;
        _neverRepeats = neverRepeats;
        _salts = new SplitMix64(~thread);
        _position = (int)((long)length * thread / threads) / SliceLength * SliceLength;
        SliceStart = _position;
        Salt = NextSalt();
    }

    /// <summary>Where the current slice begins.</summary>
    public int SliceStart { get; private set; }

    /// <summary>What to add to the keys of the current slice.</summary>
    public long Salt { get; private set; }

    public void MoveToNextSlice()
    {
        SliceStart = _position;
        _position = (_position + SliceLength) & (_length - 1);
        if (SliceStart == 0)
        {
            Salt = NextSalt();
        }
    }

    private long NextSalt() => _neverRepeats ? (long)_salts.Next() : 0;
}
