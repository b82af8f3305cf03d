using System.Diagnostics;

namespace FastCache.Bench.Codec;

/// <summary>A piece of work on one block, timed over all blocks.</summary>
/// <param name="contestant">Who does it.</param>
/// <param name="metric">What is done, as the JSON report calls it.</param>
/// <param name="text">The same, as the text report calls it.</param>
/// <param name="work">Gets the number of the block.</param>
internal sealed class CodecJob(string contestant, string metric, string text, Action<int> work)
{
    private static readonly TimeSpan TurnLength = TimeSpan.FromMilliseconds(20);

    public string Contestant => contestant;

    public string Metric => metric;

    public string Text => text;

    /// <summary>Of each round, in megabytes of raw bytes a second.</summary>
    public List<double> Rates { get; } = [];

    /// <summary>Passes over all blocks, for some milliseconds.</summary>
    /// <returns>Megabytes a second.</returns>
    public double TakeTurn(int blocks, int blockSize)
    {
        long start = Stopwatch.GetTimestamp();
        TimeSpan elapsed;
        long done = 0;
        do
        {
            for (int block = 0; block < blocks; block++)
            {
                work(block);
            }

            done += blocks;
            elapsed = Stopwatch.GetElapsedTime(start);
        }
        while (elapsed < TurnLength);

        return done * blockSize / elapsed.TotalMicroseconds;
    }
}
