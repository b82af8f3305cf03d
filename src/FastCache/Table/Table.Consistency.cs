using System.Diagnostics;

namespace FastCache.Table;

internal sealed partial class Table<TKey, TCell>
{
    /// <summary>Throws if tags, versions, positions and overflow counts contradict each other. Inside a turn.</summary>
    public void AssertConsistent()
    {
        int[] passed = new int[GroupCount];
        for (int slot = 0; slot < SlotCount; slot++)
        {
            ref Entry<TKey, TCell> entry = ref At(slot);
            bool isDead = EntryVersion.IsDead(entry.Version);
            Require(isDead != IsOccupied(slot), $"slot {slot}: tag and version {entry.Version} disagree");
            if (isDead)
            {
                Require(typeof(TCell).IsValueType || entry.Cell is null, $"slot {slot}: a dead entry keeps its value alive");
                Require(typeof(TKey).IsValueType || entry.Key is null, $"slot {slot}: a dead entry keeps its key alive");
                Require(Times?.TagsOf(slot) is null, $"slot {slot}: a dead entry keeps its tags alive");
                continue;
            }

            int distance = 0;
            int last = slot / TagGroup.Slots;
            for (int group = (int)PlaceOf(Positions[slot]).Home; group != last; group = NextGroup(group), distance++)
            {
                passed[group]++;
            }

            Require(distance < _probeLimit, $"slot {slot}: {distance} groups from home");
        }

        for (int group = 0; group < passed.Length; group++)
        {
            Require(Groups[group].Overflow == passed[group], $"group {group}: overflow {Groups[group].Overflow}, passed {passed[group]}");
        }
    }

    private static void Require(bool condition, string fault)
    {
        if (!condition)
        {
            throw new UnreachableException(fault);
        }
    }
}
