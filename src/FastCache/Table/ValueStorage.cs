using System.Runtime.CompilerServices;

namespace FastCache.Table;

/// <summary>How a value becomes a cell; see <see cref="Cell"/>.</summary>
internal interface IValueStorage<TValue, TCell>
{
    static abstract TCell Store(TValue value);

    static abstract TValue Load(TCell cell);
}

/// <summary>The value is the cell.</summary>
internal readonly struct InPlace<TValue> : IValueStorage<TValue, TValue>
{
    public static TValue Store(TValue value) => value;

    public static TValue Load(TValue cell) => cell;
}

/// <summary>The cell is a reference to a copy of the value that is never changed: one allocation a write.</summary>
internal readonly struct Boxed<TValue> : IValueStorage<TValue, StrongBox<TValue>>
{
    public static StrongBox<TValue> Store(TValue value) => new(value);

    public static TValue Load(StrongBox<TValue> cell) => cell.Value!;
}
