using FastCache.Eviction;

namespace FastCache.Tests.Unit.Eviction;

/// <summary>
/// Brings a sketch to a given number of counted recordings, so that a test knows when ageing is due. The hashes that
/// it looks at lie in the lower three quarters of the sketch; recordings in the last quarter leave them alone.
/// </summary>
internal sealed class SketchTrace(int recordings)
{
    private const int Observed = 3000;

    private uint _apart;

    public void Play(ref FrequencySketch sketch)
    {
        int counted = 0;
        for (uint i = 0; counted < recordings; i++)
        {
            uint hash = Lower(i % Observed);
            counted += sketch.Estimate(hash) < 15 ? 1 : 0;
            sketch.Record(hash);
        }
    }

    /// <summary>Recordings that all count, away from the observed hashes.</summary>
    public void RecordApart(ref FrequencySketch sketch, int times)
    {
        for (int counted = 0; counted < times; _apart++)
        {
            uint hash = 0xC400_0000 + (uint)((_apart * 0x9E37_79B1) * 15UL / 64);
            if (sketch.Estimate(hash) < 15)
            {
                sketch.Record(hash);
                counted++;
            }
        }
    }

    public static int[] Estimates(ref FrequencySketch sketch)
    {
        int[] estimates = new int[Observed];
        for (int i = 0; i < Observed; i++)
        {
            estimates[i] = sketch.Estimate(Lower((uint)i));
        }

        return estimates;
    }

    private static uint Lower(uint i)
    {
        uint hash = (i + 1) * 0x9E37_79B1;
        return (uint)(hash * 3UL / 4);
    }
}
