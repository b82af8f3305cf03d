using FastCache.Table;

namespace FastCache.Tests.Unit.Table;

/// <summary>Hashes made to measure.</summary>
internal static class Hashes
{
    /// <summary>A hash that, in a table of so many groups, belongs to one slot of one group.</summary>
    public static KeyHash At(int groups, int home, int preferred, byte tag)
    {
        ulong twiceTheSlot = (ulong)(2 * ((home * TagGroup.Slots) + preferred)) + 1;
        ulong position = (twiceTheSlot << 32) / (ulong)(2 * TagGroup.Slots * groups);
        return Of((uint)position, tag);
    }

    public static KeyHash Of(uint position, byte tag) => new(((ulong)position << 32) | tag);
}
