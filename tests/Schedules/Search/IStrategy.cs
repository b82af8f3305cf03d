namespace FastCache.Tests.Schedules.Search;

/// <summary>Decides which interleavings are tried.</summary>
internal interface IStrategy
{
    /// <summary>Its name.</summary>
    string Name { get; }

    /// <summary>Begins the next schedule; false if there is none left.</summary>
    /// <param name="threads">How many threads there are.</param>
    bool TryBegin(int threads);

    /// <summary>Which thread makes the next step.</summary>
    /// <param name="step">The number of the step.</param>
    /// <param name="current">The thread that made the last one.</param>
    /// <param name="candidates">A bit for each thread that may make it; not 0.</param>
    /// <param name="isForced">Whether the thread that made the last one can make none.</param>
    int Next(int step, int current, uint candidates, bool isForced);

    /// <summary>A thread waits actively for another one.</summary>
    void OnGaveWay(int thread)
    {
    }

    /// <summary>How old a value is that a load gets: below <paramref name="ages"/>, and 0 is the newest.</summary>
    int Age(int step, int ages) => 0;
}
