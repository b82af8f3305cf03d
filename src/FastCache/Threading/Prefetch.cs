using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace FastCache.Threading;

/// <summary>Asks for a cache line before it is needed; nothing where the processor offers no such instruction.</summary>
internal static class Prefetch
{
    /// <remarks>A hint never faults, so the collector may move the object between taking the address and using it.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Line<T>(ref T location)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(Unsafe.AsPointer(ref location));
        }
    }
}
