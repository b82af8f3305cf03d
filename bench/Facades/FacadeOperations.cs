using System.Runtime.CompilerServices;

namespace FastCache.Bench.Facades;

internal readonly struct GetOperation : IFacadeOperation
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static long Run<TFacade>(TFacade facade, ReadOnlySpan<string> keys, object value)
        where TFacade : struct, IFacade<TFacade>
    {
        long right = 0;
        foreach (string key in keys)
        {
            right += FacadeValue.IsSame(facade.Get(key), value) ? 1 : 0;
        }

        return right;
    }
}

/// <summary>Serves updates and inserts: these differ in their keys only. What was written is looked at afterwards.</summary>
internal readonly struct SetOperation : IFacadeOperation
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static long Run<TFacade>(TFacade facade, ReadOnlySpan<string> keys, object value)
        where TFacade : struct, IFacade<TFacade>
    {
        foreach (string key in keys)
        {
            facade.Set(key, value);
        }

        return keys.Length;
    }
}

internal readonly struct GetOrCreateOperation : IFacadeOperation
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static long Run<TFacade>(TFacade facade, ReadOnlySpan<string> keys, object value)
        where TFacade : struct, IFacade<TFacade>
    {
        long right = 0;
        foreach (string key in keys)
        {
            right += FacadeValue.IsSame(facade.GetOrCreate(key), value) ? 1 : 0;
        }

        return right;
    }
}
