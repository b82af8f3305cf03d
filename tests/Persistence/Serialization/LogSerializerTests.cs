using FastCache.Persistence;
using Xunit;

namespace FastCache.Tests.Persistence.Serialization;

public sealed class LogSerializerTests
{
    [Fact]
    public void There_is_one_for_every_documented_type_and_for_keys_where_equal_ones_have_equal_bytes()
    {
        AssertThere<bool>("bool", forKeys: true);
        AssertThere<byte>("u8", forKeys: true);
        AssertThere<sbyte>("i8", forKeys: true);
        AssertThere<short>("i16", forKeys: true);
        AssertThere<ushort>("u16", forKeys: true);
        AssertThere<char>("char", forKeys: true);
        AssertThere<int>("i32", forKeys: true);
        AssertThere<uint>("u32", forKeys: true);
        AssertThere<long>("i64", forKeys: true);
        AssertThere<ulong>("u64", forKeys: true);
        AssertThere<Guid>("guid", forKeys: true);
        AssertThere<TimeSpan>("timespan", forKeys: true);
        AssertThere<string>("string", forKeys: true);
        AssertThere<float>("f32", forKeys: false);
        AssertThere<double>("f64", forKeys: false);
        AssertThere<decimal>("decimal", forKeys: false);
        AssertThere<DateTime>("datetime", forKeys: false);
        AssertThere<DateTimeOffset>("datetimeoffset", forKeys: false);
        AssertThere<byte[]>("bytes", forKeys: false);
        AssertThere<ReadOnlyMemory<byte>>("bytes", forKeys: false);
    }

    [Fact]
    public void There_is_none_for_any_other_type()
    {
        Assert.False(LogSerializer.TryGet(out ILogSerializer<object>? any));
        Assert.Null(any);
        Assert.False(LogSerializer.TryGet(out ILogSerializer<int?>? optional));
        Assert.Null(optional);
        Assert.False(LogSerializer.TryGet(out ILogSerializer<int[]>? array));
        Assert.Null(array);
        Assert.False(LogSerializer.TryGetForKeys(out ILogSerializer<DayOfWeek>? member));
        Assert.Null(member);
    }

    /// <summary>Equal values that look different: why these types have no serializer for keys.</summary>
    [Fact]
    public void Types_that_are_no_keys_have_equal_values_with_different_bytes()
    {
        AssertEqualButDifferent(0f, -0f);
        AssertEqualButDifferent(0d, -0d);
        AssertEqualButDifferent(1m, 1.00m);
        AssertEqualButDifferent(new DateTime(1, DateTimeKind.Utc), new DateTime(1, DateTimeKind.Local));
        DateTimeOffset noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
        AssertEqualButDifferent(noon, noon.ToOffset(TimeSpan.FromHours(1)));
    }

    [Fact]
    public void Equal_keys_have_equal_bytes_and_others_have_others()
    {
        AssertBytesAsEquality(false, true);
        AssertBytesAsEquality<byte>(0, 1, 128, 255);
        AssertBytesAsEquality<sbyte>(0, 1, -1, -128, 127);
        AssertBytesAsEquality<short>(0, 1, -1, 256, short.MinValue);
        AssertBytesAsEquality<ushort>(0, 1, 256, ushort.MaxValue);
        AssertBytesAsEquality('\0', 'a', 'A', '\uD800', '\uFFFF');
        AssertBytesAsEquality(0, 1, -1, 1 << 16, int.MinValue);
        AssertBytesAsEquality(0u, 1u, 1u << 16, uint.MaxValue);
        AssertBytesAsEquality(0L, 1L, -1L, 1L << 32, long.MinValue);
        AssertBytesAsEquality(0UL, 1UL, 1UL << 32, ulong.MaxValue);
        AssertBytesAsEquality(Guid.Empty, Guid.AllBitsSet, new Guid(1, 0, 0, new byte[8]), new Guid(0, 1, 0, new byte[8]));
        AssertBytesAsEquality(TimeSpan.Zero, TimeSpan.FromTicks(1), TimeSpan.MinValue, TimeSpan.MaxValue);

        // Equal by the cache's ordinal comparison, though not by a culture's.
        AssertBytesAsEquality("", "a", "A", "\u00E4", "a\u0308", "\uD800", "\uFFFD", new string('a', 2), "a\0");
    }

    [Fact]
    public void Json_needs_to_know_the_type()
        => Assert.Throws<ArgumentNullException>(() => LogSerializer.Json<string>(null!));

    private static void AssertThere<T>(string format, bool forKeys)
    {
        Assert.True(LogSerializer.TryGet(out ILogSerializer<T>? serializer));
        Assert.Equal(format, serializer.Format);
        Assert.Equal(forKeys, LogSerializer.TryGetForKeys(out ILogSerializer<T>? keys));
        Assert.Same(forKeys ? serializer : null, keys);
    }

    private static void AssertEqualButDifferent<T>(T one, T other)
    {
        Assert.True(EqualityComparer<T>.Default.Equals(one, other));
        Assert.NotEqual(Wire.Of<T>().Write(one), Wire.Of<T>().Write(other));
    }

    private static void AssertBytesAsEquality<T>(params T[] keys)
    {
        Assert.True(LogSerializer.TryGetForKeys(out ILogSerializer<T>? serializer));
        foreach (T one in keys)
        {
            foreach (T other in keys)
            {
                // Another string of the same letters, where it is one.
                T same = other is string text ? (T)(object)new string(text.AsSpan()) : other;
                Assert.Equal(
                    EqualityComparer<T>.Default.Equals(one, same), serializer.Write(one).AsSpan().SequenceEqual(serializer.Write(same)));
            }
        }
    }
}
