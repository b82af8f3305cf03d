namespace FastCache.Tests.Unit.PublicApi;

/// <summary>One member of each kind, for the test of the listing.</summary>
public abstract class PublicApiSpecimen<T> : IDisposable
    where T : notnull
{
    public const int Limit = 3;

    protected PublicApiSpecimen(string[] names) => Count = names.Length;

    private protected PublicApiSpecimen()
    {
    }

    public event EventHandler? Changed;

    public required int? Size { get; init; }

    public int Count { get; private set; }

    public T? Find<TState>(Dictionary<string, object?> known, in int start, out TState state, string? name = null)
        where TState : struct
    {
        state = default;
        Changed?.Invoke(this, EventArgs.Empty);
        return known.Count > start && name is null ? (T?)known.Values.First() : default;
    }

    public virtual void Dispose()
    {
        Close();
        GC.SuppressFinalize(this);
    }

    protected abstract void Close();

    internal void Hidden() => Count++;
}
