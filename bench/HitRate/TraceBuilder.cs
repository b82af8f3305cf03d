using System.Runtime.InteropServices;

namespace FastCache.Bench.HitRate;

/// <summary>Collects requests up to a limit and numbers their keys densely.</summary>
internal sealed class TraceBuilder(long limit)
{
    private readonly Dictionary<long, int> _numbers = [];
    private readonly List<int> _requests = [];

    public bool IsFull => _requests.Count >= limit;

    public void Add(long key)
    {
        if (IsFull)
        {
            return;
        }

        ref int number = ref CollectionsMarshal.GetValueRefOrAddDefault(_numbers, key, out bool exists);
        if (!exists)
        {
            number = _numbers.Count - 1;
        }

        _requests.Add(number);
    }

    public Trace Build(string name) => new(name, [.. _requests], _numbers.Count);
}
