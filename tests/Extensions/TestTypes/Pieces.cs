using System.Buffers;
using System.ComponentModel;
using System.Text;
using Microsoft.Extensions.Caching.Hybrid;

namespace FastCache.Tests.Extensions.TestTypes;

/// <summary>An object that can be changed.</summary>
internal sealed class Basket
{
    public string Owner { get; set; } = "";

    public List<int> Items { get; set; } = [];
}

/// <summary>One that says that it cannot.</summary>
[ImmutableObject(true)]
internal sealed class Ticket(string number)
{
    public string Number { get; } = number;
}

/// <summary>Baskets by their owners, counted, and failing when the owner says so.</summary>
internal sealed class BasketSerializer : IHybridCacheSerializer<Basket>
{
    private int _serialized;
    private int _deserialized;

    public int Serialized => Volatile.Read(ref _serialized);

    public int Deserialized => Volatile.Read(ref _deserialized);

    public bool FailsToRead { get; set; }

    public Basket Deserialize(ReadOnlySequence<byte> source)
    {
        Interlocked.Increment(ref _deserialized);
        return FailsToRead ? throw new FormatException("read") : new Basket { Owner = Encoding.UTF8.GetString(source) };
    }

    public void Serialize(Basket value, IBufferWriter<byte> target)
    {
        Interlocked.Increment(ref _serialized);
        if (value.Owner == "unwritable")
        {
            target.Write("half"u8);
            throw new FormatException("write");
        }

        Encoding.UTF8.GetBytes(value.Owner, target);
    }
}
