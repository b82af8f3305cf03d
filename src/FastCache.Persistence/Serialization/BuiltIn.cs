namespace FastCache.Persistence.Serialization;

/// <summary>The serializers of the types that need no telling how they look.</summary>
internal static class BuiltIn
{
    private static readonly Dictionary<Type, object> Serializers = new()
    {
        [typeof(bool)] = new BlittableSerializer<bool>("bool"),
        [typeof(byte)] = new BlittableSerializer<byte>("u8"),
        [typeof(sbyte)] = new BlittableSerializer<sbyte>("i8"),
        [typeof(short)] = new BlittableSerializer<short>("i16"),
        [typeof(ushort)] = new BlittableSerializer<ushort>("u16"),
        [typeof(char)] = new BlittableSerializer<char>("char"),
        [typeof(int)] = new BlittableSerializer<int>("i32"),
        [typeof(uint)] = new BlittableSerializer<uint>("u32"),
        [typeof(long)] = new BlittableSerializer<long>("i64"),
        [typeof(ulong)] = new BlittableSerializer<ulong>("u64"),
        [typeof(float)] = new BlittableSerializer<float>("f32"),
        [typeof(double)] = new BlittableSerializer<double>("f64"),
        [typeof(Guid)] = new GuidSerializer(),
        [typeof(decimal)] = new DecimalSerializer(),
        [typeof(DateTime)] = new DateTimeSerializer(),
        [typeof(DateTimeOffset)] = new DateTimeOffsetSerializer(),
        [typeof(TimeSpan)] = new TimeSpanSerializer(),
        [typeof(string)] = new StringSerializer(),
        [typeof(byte[])] = new ByteArraySerializer(),
        [typeof(ReadOnlyMemory<byte>)] = new MemorySerializer(),
    };

    // Of these, equal values may have different bytes: 0 and -0, 1.0 and 1.00, one moment in two time zones, two arrays.
    private static readonly HashSet<Type> NoKeys =
    [
        typeof(float), typeof(double), typeof(decimal), typeof(DateTime), typeof(DateTimeOffset),
        typeof(byte[]), typeof(ReadOnlyMemory<byte>),
    ];

    public static object? Find(Type type) => Serializers.GetValueOrDefault(type);

    /// <summary>The same for types of which equal values have equal bytes.</summary>
    public static object? FindForKeys(Type type) => NoKeys.Contains(type) ? null : Find(type);
}
