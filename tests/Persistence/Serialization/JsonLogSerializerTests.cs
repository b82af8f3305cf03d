using System.Buffers;
using System.Text;
using System.Text.Json;
using FastCache.Persistence;
using Xunit;

namespace FastCache.Tests.Persistence.Serialization;

public sealed class JsonLogSerializerTests
{
    private static readonly ILogSerializer<Order> Orders = LogSerializer.Json(JsonTypes.Default.Order);
    private static readonly ILogSerializer<Hooked> HookedValues = LogSerializer.Json(JsonTypes.Default.Hooked);
    private static readonly Order Sample = new(7, "Ä \"quoted\" \U0001F600", 1.5, ["one", "two"]);

    [Fact]
    public void A_value_comes_back()
    {
        foreach (Order order in (Order[])[Sample, new(int.MinValue, "", double.MaxValue, []), new(0, new string('x', 100_000), -0.0, [""])])
        {
            Assert.Equal(order, Orders.RoundTrip(order));
        }
    }

    [Fact]
    public void It_is_written_as_json_in_utf8()
        => Assert.Equal(
            """{"Number":1,"Name":"n","Price":2,"Lines":["l"]}""", Encoding.UTF8.GetString(Orders.Write(new Order(1, "n", 2, ["l"]))));

    [Fact]
    public void The_format_names_the_type_and_the_version()
    {
        Assert.Equal("json FastCache.Tests.Persistence.Serialization.Order 1", Orders.Format);
        Assert.Equal("json FastCache.Tests.Persistence.Serialization.Order 2", LogSerializer.Json(JsonTypes.Default.Order, version: 2).Format);
        Assert.Equal("json System.Int64 1", LogSerializer.Json(JsonTypes.Default.Int64).Format);
    }

    [Fact]
    public void To_write_allocates_nothing()
    {
        Assert.Equal(0, AllocatedBy(Orders, Sample));
        Assert.Equal(0, AllocatedBy(LogSerializer.Json(JsonTypes.Default.Int64), 5L));
    }

    [Fact]
    public void After_a_converter_has_thrown_the_next_value_is_written_as_ever()
    {
        byte[] expected = HookedValues.Write(new Hooked("abcd"));
        var destination = new ArrayBufferWriter<byte>();
        var fault = new InvalidOperationException("the converter's");

        Assert.Same(
            fault,
            Assert.Throws<InvalidOperationException>(
                () => HookedValues.Serialize(new Hooked("abcd") { WhileWriting = () => throw fault }, destination)));

        int written = destination.WrittenCount;
        for (int again = 0; again < 3; again++)
        {
            Assert.Equal(expected, HookedValues.Write(new Hooked("abcd")));
        }

        Assert.Equal(written, destination.WrittenCount);
        Assert.Equal(0, AllocatedBy(Orders, Sample));
    }

    [Fact]
    public void A_converter_may_itself_write_a_value_of_the_same_type()
    {
        byte[] outer = HookedValues.Write(new Hooked("outermost"));
        byte[] inner = HookedValues.Write(new Hooked("inner"));
        byte[]? written = null;

        byte[] bytes = HookedValues.Write(new Hooked("outermost") { WhileWriting = () => written = HookedValues.Write(new Hooked("inner")) });

        Assert.Equal(outer, bytes);
        Assert.Equal(inner, written);
        Assert.Equal(outer, HookedValues.Write(new Hooked("outermost")));
    }

    [Fact]
    public void A_converter_may_itself_fail_to_write_a_value_of_the_same_type()
    {
        byte[] outer = HookedValues.Write(new Hooked("outermost"));

        byte[] bytes = HookedValues.Write(new Hooked("outermost")
        {
            WhileWriting = static () => Assert.Throws<InvalidOperationException>(
                static () => HookedValues.Write(new Hooked("inner") { WhileWriting = static () => throw new InvalidOperationException() })),
        });

        Assert.Equal(outer, bytes);
        Assert.Equal("outermost", HookedValues.RoundTrip(new Hooked("outermost")).Text);
    }

    [Fact]
    public void Threads_write_at_the_same_time()
        => Parallel.For(0, 1_000, static number =>
        {
            var order = new Order(number, new string('x', number), number, [$"{number}"]);
            Assert.Equal(order, Orders.RoundTrip(order));
        });

    [Fact]
    public void What_it_has_written_to_is_let_go()
    {
        WeakReference destination = WriteAndForget();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.False(destination.IsAlive);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"Number":1,"Name":"n","Price":2,"Lines":["l"]}{}""")]
    [InlineData("""{"Number":"x"}""")]
    public void What_is_no_such_json_is_refused(string json)
        => Assert.ThrowsAny<JsonException>(() => Orders.Deserialize(Encoding.UTF8.GetBytes(json)));

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static WeakReference WriteAndForget()
    {
        var destination = new ArrayBufferWriter<byte>();
        Orders.Serialize(Sample, destination);
        return new WeakReference(destination);
    }

    private static long AllocatedBy<T>(ILogSerializer<T> serializer, T value)
    {
        var destination = new ArrayBufferWriter<byte>(1 << 16);
        for (int warmUp = 0; warmUp < 100; warmUp++)
        {
            destination.ResetWrittenCount();
            serializer.Serialize(value, destination);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int call = 0; call < 1_000; call++)
        {
            destination.ResetWrittenCount();
            serializer.Serialize(value, destination);
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
