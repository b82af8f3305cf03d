using System.Buffers;

namespace FastCache.Tests.Extensions.TestTypes;

/// <summary>Bytes in the forms in which a caller may have them.</summary>
internal static class Payload
{
    /// <summary>Bytes that differ from each other and are the same each time.</summary>
    public static byte[] Of(int length) => [.. Enumerable.Range(0, length).Select(static i => (byte)((i * 31) + (i >> 8)))];

    /// <summary>A sequence of the same bytes: one part, one from the middle of an array, one that is no array, or several parts.</summary>
    public static ReadOnlySequence<byte> Sequence(byte[] bytes, string form)
        => form switch
        {
            "array" => new ReadOnlySequence<byte>(bytes),
            "padded" => new ReadOnlySequence<byte>([1, 2, 3, .. bytes, 4, 5], 3, bytes.Length),
            "memory" => new ReadOnlySequence<byte>(new Unmanaged(bytes).Memory),
            "parts" => Parts(bytes),
            _ => throw new ArgumentOutOfRangeException(nameof(form)),
        };

    private static ReadOnlySequence<byte> Parts(byte[] bytes)
    {
        int third = bytes.Length / 3;
        var first = new Part(bytes.AsMemory(0, third), null);
        var second = new Part(bytes.AsMemory(third, third), first);
        var last = new Part(bytes.AsMemory(2 * third), second);
        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Part : ReadOnlySequenceSegment<byte>
    {
        public Part(ReadOnlyMemory<byte> memory, Part? before)
        {
            Memory = memory;
            RunningIndex = before is null ? 0 : before.RunningIndex + before.Memory.Length;
            before?.Next = this;
        }
    }

    private sealed class Unmanaged(byte[] bytes) : MemoryManager<byte>
    {
        public override Span<byte> GetSpan() => bytes;

        public override MemoryHandle Pin(int elementIndex = 0) => throw new NotSupportedException();

        public override void Unpin() => throw new NotSupportedException();

        protected override bool TryGetArray(out ArraySegment<byte> segment)
        {
            segment = default;
            return false;
        }

        protected override void Dispose(bool disposing)
        {
        }
    }
}
