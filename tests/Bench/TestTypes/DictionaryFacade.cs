using FastCache.Bench.Facades;

namespace FastCache.Tests.Bench.TestTypes;

/// <summary>How good a memory is.</summary>
internal interface IMemoryFault
{
    static abstract bool Keeps(int write);
}

/// <summary>Keeps everything.</summary>
internal readonly struct Faithful : IMemoryFault
{
    public static bool Keeps(int write) => true;
}

/// <summary>Keeps every second thing.</summary>
internal readonly struct Forgetful : IMemoryFault
{
    public static bool Keeps(int write) => write % 2 == 0;
}

/// <summary>A contestant without a limit, as faithful as it is told to be.</summary>
internal readonly struct DictionaryFacade<TFault> : IFacade<DictionaryFacade<TFault>>
    where TFault : struct, IMemoryFault
{
    private readonly Dictionary<string, object> _entries;
    private readonly FacadeFactory _factory;
    private readonly int[] _writes;

    private DictionaryFacade(FacadeFactory factory) => (_entries, _factory, _writes) = ([], factory, [0]);

    public static string Name => typeof(TFault).Name;

    public static bool IsStrictlyBounded => true;

    public int? Count => _entries.Count;

    public static DictionaryFacade<TFault> Create(FacadeShape shape) => new(shape.Factory);

    public object? Get(string key) => _entries.GetValueOrDefault(key);

    public void Set(string key, object value)
    {
        if (TFault.Keeps(_writes[0]++))
        {
            _entries[key] = value;
        }
    }

    public object? GetOrCreate(string key)
    {
        if (!_entries.TryGetValue(key, out object? value))
        {
            Set(key, value = _factory.Make());
        }

        return value;
    }

    public void Dispose() => _entries.Clear();
}
