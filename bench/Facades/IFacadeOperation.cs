namespace FastCache.Bench.Facades;

/// <summary>The innermost loop: runs over a few keys, and says for how many of them the result was right.</summary>
/// <remarks>Called often and never inlined, so that the runtime can replace it by its optimised version.</remarks>
internal interface IFacadeOperation
{
    static abstract long Run<TFacade>(TFacade facade, ReadOnlySpan<string> keys, object value)
        where TFacade : struct, IFacade<TFacade>;
}
