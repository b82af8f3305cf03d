using System.Buffers;
using System.ComponentModel;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using FastCache.Extensions.Hybrid;
using FastCache.Tests.Extensions.TestTypes;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FastCache.Tests.Extensions.Hybrid;

public sealed class SerializerTests
{
    [Fact]
    public async Task A_registered_serializer_is_used_and_asked_for_once()
    {
        var serializer = new BasketSerializer();
        int asked = 0;
        await using var test = new TestHybridCache(services: services => services.AddTransient<IHybridCacheSerializer<Basket>>(_ =>
        {
            asked++;
            return serializer;
        }));

        await test.GetAsync("a", new Basket { Owner = "Ada" });
        await test.GetAsync("b", new Basket { Owner = "Grace" });

        Assert.Equal("Ada", (await test.FindAsync<Basket>("a")).Owner);
        Assert.Equal((1, 2, 3), (asked, serializer.Serialized, serializer.Deserialized));
    }

    [Fact]
    public async Task Of_several_factories_the_last_one_that_can_is_taken_and_a_serializer_of_the_type_before_all()
    {
        var one = new Factory(typeof(Basket));
        var two = new Factory(typeof(Basket));
        var three = new Factory(typeof(string));
        await using var test = new TestHybridCache(services: services => services
            .AddSingleton<IHybridCacheSerializerFactory>(one)
            .AddSingleton<IHybridCacheSerializerFactory>(two)
            .AddSingleton<IHybridCacheSerializerFactory>(three)
            .AddSingleton<IHybridCacheSerializer<List<int>>>(new JsonValueSerializer<List<int>>(null)));

        await test.GetAsync("basket", new Basket());
        await test.GetAsync("list", new List<int> { 1 });

        Assert.Empty(one.Asked);
        Assert.Equal([typeof(Basket)], two.Asked);
        Assert.Equal([typeof(Basket)], three.Asked);
    }

    [Fact]
    public async Task Json_is_read_as_deep_as_it_may_be_written()
    {
        await using var test = new TestHybridCache(services: static services => services.AddKeyedSingleton<JsonSerializerOptions>(
            typeof(IHybridCacheSerializer<>), new JsonSerializerOptions { MaxDepth = 200 }));
        var deep = new Node { Name = "innermost" };
        for (int depth = 0; depth < 80; depth++)
        {
            deep = new Node { Children = [deep] };
        }

        await test.GetAsync("key", deep);

        Node found = await test.FindAsync<Node>("key");
        while (found.Children.Count > 0)
        {
            found = found.Children[0];
        }

        Assert.Equal("innermost", found.Name);
    }

    [Fact]
    public async Task Strings_and_byte_arrays_are_written_as_they_are_unless_somebody_knows_better()
    {
        (TestHybridCache test, ScriptedSecondLevel second) = TestHybridCache.WithSecond();
        await using (test)
        {
            await test.GetAsync("text", "größer");
            await test.GetAsync("bytes", new byte[] { 7, 8, 9 });
            await test.GetAsync("number", 12_345);

            Assert.Equal("größer", ValueIn(second["text"]));
            Assert.Equal("\u0007\u0008\u0009", ValueIn(second["bytes"]));
            Assert.Equal("12345", ValueIn(second["number"]));
        }
    }

    [Fact]
    public async Task Json_brings_back_properties_fields_tuples_collections_and_trees()
    {
        await using var test = new TestHybridCache();

        Assert.Equal(("a", 1), await RoundTripAsync(test, ("a", 1)));
        Assert.Equal(Tuple.Create("a", 1), await RoundTripAsync(test, Tuple.Create("a", 1)));
        Assert.Equal([("a", 1), ("b", 2)], await RoundTripAsync(test, new List<(string, int)> { ("a", 1), ("b", 2) }));
        Assert.Equal([("a", 1)], await RoundTripAsync(test, new[] { ("a", 1) }));
        Assert.Equal("x", (await RoundTripAsync(test, new FieldsOnly { Name = "x" })).Name);
        Assert.Equal(2, (await RoundTripAsync(test, new Dictionary<string, int> { ["a"] = 2 }))["a"]);
        Node tree = await RoundTripAsync(test, new Node { Name = "root", Children = [new Node { Name = "leaf" }] });
        Assert.Equal("leaf", tree.Children.Single().Name);
    }

    [Fact]
    public async Task Json_options_come_from_the_container_for_all_types_or_for_one()
    {
        (TestHybridCache test, ScriptedSecondLevel second) = TestHybridCache.WithSecond(services: static services => services
            .AddKeyedSingleton<JsonSerializerOptions>(
                typeof(IHybridCacheSerializer<>), new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.KebabCaseUpper })
            .AddKeyedSingleton<JsonSerializerOptions>(
                typeof(IHybridCacheSerializer<Node>),
                new JsonSerializerOptions
                {
                    PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
                    TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
                }));
        await using (test)
        {
            await test.GetAsync("basket", new Basket { Owner = "Ada" });
            await test.GetAsync("node", new Node { Name = "x" });

            Assert.Equal("""{"OWNER":"Ada","ITEMS":[]}""", ValueIn(second["basket"]));
            Assert.Equal("""{"name":"x","children":[]}""", ValueIn(second["node"]));
        }
    }

    [Fact]
    public async Task A_resolver_that_does_not_know_the_type_is_an_error_that_says_what_to_do()
    {
        await using var test = new TestHybridCache(services: static services => services.AddKeyedSingleton<JsonSerializerOptions>(
            typeof(IHybridCacheSerializer<>), new JsonSerializerOptions { TypeInfoResolver = JsonTypeInfoResolver.Combine() }));

        InvalidOperationException refused = await Assert.ThrowsAsync<InvalidOperationException>(async () => await test.GetAsync("key", new Basket()));

        Assert.Contains("TypeInfoResolver", refused.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(Basket), refused.Message, StringComparison.Ordinal);
        Assert.Equal(1, await test.GetAsync("key", 1));
        test.AssertAtRest();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_serializer_that_cannot_write_fails_the_call_and_nothing_is_kept(bool hasSecond)
    {
        (TestHybridCache test, ScriptedSecondLevel second) = TestHybridCache.WithSecond(services: AddBaskets);
        await using (test)
        {
            var options = TestHybridCache.With(hasSecond ? HybridCacheEntryFlags.None : HybridCacheEntryFlags.DisableDistributedCache);
            await test.Cache.SetAsync("set", new Basket { Owner = "before" }, options);

            await Assert.ThrowsAsync<FormatException>(async () => await test.GetAsync("made", new Basket { Owner = "unwritable" }, options));
            await Assert.ThrowsAsync<FormatException>(async () => await test.Cache.SetAsync("set", new Basket { Owner = "unwritable" }, options));

            Assert.Equal([2306, 2306], test.Logged);
            Assert.Equal("before", (await test.FindAsync<Basket>("set")).Owner);
            Assert.Equal("next", (await test.GetAsync("made", new Basket { Owner = "next" }, options)).Owner);
            test.AssertAtRest();
        }
    }

    [Fact]
    public async Task A_serializer_that_cannot_read_what_it_has_written_fails_the_call()
    {
        var serializer = new BasketSerializer();
        await using var test = new TestHybridCache(services: services => services.AddSingleton<IHybridCacheSerializer<Basket>>(serializer));
        await test.GetAsync("key", new Basket { Owner = "Ada" });
        serializer.FailsToRead = true;

        await Assert.ThrowsAsync<FormatException>(async () => await test.FindAsync<Basket>("key"));
        await Assert.ThrowsAsync<FormatException>(async () => await test.GetAsync("other", new Basket()));
        serializer.FailsToRead = false;

        Assert.Equal("Ada", (await test.FindAsync<Basket>("key")).Owner);
        Assert.Equal([2307, 2307], test.Logged);
    }

    [Fact]
    public async Task What_the_second_level_has_and_the_serializer_cannot_read_is_made_anew()
    {
        var serializer = new BasketSerializer();
        (TestHybridCache test, ScriptedSecondLevel second) = TestHybridCache.WithSecond(
            services: services => services.AddSingleton<IHybridCacheSerializer<Basket>>(serializer));
        await using (test)
        {
            await using var other = new TestHybridCache(second, test.Time, services: AddBaskets);
            await other.GetAsync("key", new Basket { Owner = "old" });
            serializer.FailsToRead = true;
            Task<Basket> asked = test.Cache.GetOrCreateAsync("key", _ =>
            {
                serializer.FailsToRead = false;
                return new ValueTask<Basket>(new Basket { Owner = "new" });
            }).AsTask();

            Assert.Equal("new", (await asked).Owner);
            Assert.Equal(1, test.Cache.SecondLevelStatistics.RejectedPayloads);
            Assert.Equal([2305], test.Logged);
            test.AssertAtRest();
        }
    }

    [Fact]
    public async Task A_malformed_string_is_not_told_to_others_as_another_one()
    {
        (TestHybridCache test, _) = TestHybridCache.WithSecond();
        await using (test)
        {
            await Assert.ThrowsAnyAsync<ArgumentException>(async () => await test.GetAsync("key", "half \uD800"));
            Assert.Equal([2306], test.Logged);
            test.AssertAtRest();
        }
    }

    [Theory]
    [InlineData(typeof(string), true)]
    [InlineData(typeof(int), true)]
    [InlineData(typeof(int?), true)]
    [InlineData(typeof(Guid), true)]
    [InlineData(typeof(DayOfWeek), true)]
    [InlineData(typeof((int, char)), true)]
    [InlineData(typeof(Ticket), true)]
    [InlineData(typeof(DeclaredStruct), true)]
    [InlineData(typeof(DeclaredStruct?), true)]
    [InlineData(typeof(byte[]), false)]
    [InlineData(typeof(string[]), false)]
    [InlineData(typeof(object), false)]
    [InlineData(typeof(Basket), false)]
    [InlineData(typeof(DeclaredButOpen), false)]
    [InlineData(typeof(DeclaredMutable), false)]
    [InlineData(typeof((int, string)), false)]
    [InlineData(typeof(IDisposable), false)]
    public void What_callers_can_share_is_known_by_its_type(Type type, bool isImmutable)
        => Assert.Equal(isImmutable, typeof(TypeFacts<>).MakeGenericType(type).GetField("IsImmutable")!.GetValue(null));

    // Between the header of an entry without tags and the checksum.
    private static string ValueIn(byte[]? payload) => Encoding.UTF8.GetString(payload.AsSpan()[24..^4]);

    private static void AddBaskets(IServiceCollection services) => services.AddSingleton<IHybridCacheSerializer<Basket>>(new BasketSerializer());

    private static async Task<T> RoundTripAsync<T>(TestHybridCache test, T value)
    {
        await test.Cache.SetAsync(typeof(T).ToString(), value);
        return await test.FindAsync<T>(typeof(T).ToString());
    }

    internal sealed class Node
    {
        public string Name { get; set; } = "";

        public List<Node> Children { get; set; } = [];
    }

    internal sealed class FieldsOnly
    {
#pragma warning disable CA1051, S1104 // What the test is about.
        public string Name = "";
#pragma warning restore CA1051, S1104
    }

    [ImmutableObject(true)]
    internal readonly record struct DeclaredStruct(string Name);

    [ImmutableObject(true)]
#pragma warning disable CA1852 // Somebody might derive from it.
    internal class DeclaredButOpen;
#pragma warning restore CA1852

    [ImmutableObject(false)]
    internal sealed class DeclaredMutable;

    private sealed class Factory(Type known) : IHybridCacheSerializerFactory
    {
        public List<Type> Asked { get; } = [];

        public bool TryCreateSerializer<T>([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out IHybridCacheSerializer<T>? serializer)
        {
            Asked.Add(typeof(T));
            serializer = typeof(T) == known ? new JsonValueSerializer<T>(null) : null;
            return serializer is not null;
        }
    }
}
