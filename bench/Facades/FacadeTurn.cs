using FastCache.Bench.Timing;

namespace FastCache.Bench.Facades;

/// <summary>One turn of an entrant.</summary>
/// <param name="Time">What its threads took.</param>
/// <param name="Processor">What the process took until nothing ran in the background any more.</param>
/// <param name="Operations">How many there were on all threads.</param>
/// <param name="Threads">How many threads.</param>
/// <param name="Right">How many operations had the right result.</param>
/// <param name="Misses">For how many the factory was called.</param>
internal readonly record struct FacadeTurn(
    TeamTime Time, TimeSpan Processor, long Operations, int Threads, long Right, long Misses)
{
    public double NanosecondsPerOperation => Time.Wall.TotalNanoseconds * Threads / Operations;

    public double ProcessorNanosecondsPerOperation => Processor.TotalNanoseconds / Operations;

    public double BytesPerOperation => Time.Allocated / (double)Operations;

    public double HitShare => 1 - (Misses / (double)Operations);
}
