namespace FastCache.Tests.Schedules.Scenarios;

/// <summary>All keys collide.</summary>
internal sealed class OneHashCode : IEqualityComparer<int>
{
    public bool Equals(int x, int y) => x == y;

    public int GetHashCode(int obj) => 1;
}
