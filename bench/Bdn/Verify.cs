namespace FastCache.Bench.Bdn;

/// <summary>A benchmark that has not done what it claims gets no figure.</summary>
internal static class Verify
{
    public static void That(bool condition, string fault)
    {
        if (!condition)
        {
            throw new InvalidOperationException(fault);
        }
    }
}
