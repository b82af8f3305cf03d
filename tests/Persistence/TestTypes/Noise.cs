using FastCache.Tests.Persistence.Simulation;

namespace FastCache.Tests.Persistence.TestTypes;

/// <summary>Text that does not compress.</summary>
internal static class Noise
{
    public static string Of(int seed, int length)
    {
        var random = new SplitMix(seed);
        char[] text = new char[length];
        for (int at = 0; at < length; at++)
        {
            text[at] = (char)('!' + random.Next(90));
        }

        return new string(text);
    }
}
