namespace FastCache.Tests.Properties.Model;

/// <summary>Equality as usual, but so few hash codes that keys collide.</summary>
internal sealed class FewHashCodes<TKey, TValue, TShape>(int codes) : IEqualityComparer<TKey>
    where TKey : notnull
    where TShape : struct, IShape<TKey, TValue>
{
    public bool Equals(TKey? x, TKey? y) => EqualityComparer<TKey>.Default.Equals(x, y);

    public int GetHashCode(TKey obj) => TShape.NumberOf(obj) % codes;
}
