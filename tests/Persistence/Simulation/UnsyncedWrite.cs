namespace FastCache.Tests.Persistence.Simulation;

/// <summary>A write since the last sync, and those before it.</summary>
internal sealed class UnsyncedWrite(int offset, int length, SharedBytes after, UnsyncedWrite? earlier)
{
    private readonly int _count = (earlier?._count ?? 0) + 1;

    public int Offset => offset;

    public int End => offset + length;

    public ReadOnlySpan<byte> Bytes => after.Span.Slice(offset, length);

    public static UnsyncedWrite[] OldestFirst(UnsyncedWrite? newest)
    {
        var writes = new UnsyncedWrite[newest?._count ?? 0];
        for (int i = writes.Length - 1; i >= 0; i--)
        {
            writes[i] = newest!;
            newest = newest!.Earlier;
        }

        return writes;
    }

    private UnsyncedWrite? Earlier => earlier;
}
