using System.Buffers;

namespace FastCache.Tests.Extensions.TestTypes;

/// <summary>A pool that knows what is rented, and spoils what is given back.</summary>
internal sealed class CountingPool : ArrayPool<byte>
{
    private readonly Lock _gate = new();
    private readonly HashSet<byte[]> _rented = new(ReferenceEqualityComparer.Instance);

    /// <summary>How many are out.</summary>
    public int Rented
    {
        get
        {
            lock (_gate)
            {
                return _rented.Count;
            }
        }
    }

    /// <summary>How many have ever been out.</summary>
    public int Total { get; private set; }

    public override byte[] Rent(int minimumLength)
    {
        byte[] array = new byte[Math.Max(16, minimumLength)];
        lock (_gate)
        {
            Total++;
            _rented.Add(array);
        }

        return array;
    }

    public override void Return(byte[] array, bool clearArray = false)
    {
        lock (_gate)
        {
            if (!_rented.Remove(array))
            {
                throw new InvalidOperationException("Given back twice.");
            }
        }

        array.AsSpan().Fill(0xDD);
    }
}
