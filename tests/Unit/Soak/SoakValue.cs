using Xunit;

namespace FastCache.Tests.Unit.Soak;

/// <summary>A value that knows its key, and counts how often it was said to have left the cache.</summary>
internal sealed class SoakValue(int key)
{
    private readonly int _complement = ~key;
    private int _told;
    private int _wasIn;

    /// <summary>The listener's word that it has left.</summary>
    public void Tell(int tellsKey)
    {
        Assert.Equal(key, tellsKey);
        Interlocked.Increment(ref _told);
    }

    /// <summary>Somebody has found it in the cache, or a write said that it was kept.</summary>
    public void SeeIn(int foundKey)
    {
        Validate(foundKey);
        Volatile.Write(ref _wasIn, 1);
    }

    /// <summary>Fails if it is not the value of the key.</summary>
    public void Validate(int foundKey) => Assert.True((foundKey, ~foundKey) == (key, _complement), $"{foundKey} has the value of {key}");

    /// <summary>After the end: it was told as often as it was in.</summary>
    public void AssertAccounted()
        => Assert.True(_told == 1 || (_told == 0 && _wasIn == 0), $"a value of {key} was told {_told} times{(_wasIn == 1 ? " and was in" : "")}");
}
