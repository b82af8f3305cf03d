namespace FastCache.Persistence.Inspection;

/// <summary>Tells how far a verification has come: every few megabytes, and at the end of each segment.</summary>
internal sealed class VerificationMeter(IProgress<LogVerificationProgress>? progress, long totalBytes)
{
    private const long Step = 4 << 20;

    private long _read;
    private long _told;

    public void Advance(string segment, long bytes)
    {
        _read += bytes;
        if (_read - _told >= Step)
        {
            Tell(segment);
        }
    }

    /// <summary>A segment has been read.</summary>
    /// <param name="segment">Its name.</param>
    /// <param name="read">Bytes of it and of all segments before it.</param>
    public void Complete(string segment, long read)
    {
        _read = read;
        Tell(segment);
    }

    private void Tell(string segment)
    {
        _told = _read;
        progress?.Report(new LogVerificationProgress(segment, _read, totalBytes));
    }
}
