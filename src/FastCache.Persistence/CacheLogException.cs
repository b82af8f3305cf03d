namespace FastCache.Persistence;

/// <summary>A log cannot be opened, or has failed.</summary>
public class CacheLogException : IOException
{
    /// <summary>Makes one without a message.</summary>
    public CacheLogException()
    {
    }

    /// <summary>Makes one.</summary>
    /// <param name="message">What happened, to which log.</param>
    public CacheLogException(string message)
        : base(message)
    {
    }

    /// <summary>Makes one with a cause.</summary>
    /// <param name="message">What happened, to which log.</param>
    /// <param name="innerException">What the platform says.</param>
    public CacheLogException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
