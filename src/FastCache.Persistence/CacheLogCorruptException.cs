namespace FastCache.Persistence;

/// <summary>A part of a log that was durable cannot be read, and <see cref="LogRecovery.Strict"/> asks to be told.</summary>
public sealed class CacheLogCorruptException : CacheLogException
{
    /// <summary>Makes one without a message.</summary>
    public CacheLogCorruptException()
    {
    }

    /// <summary>Makes one.</summary>
    /// <param name="message">What is damaged, in which log.</param>
    public CacheLogCorruptException(string message)
        : base(message)
    {
    }

    /// <summary>Makes one with a cause.</summary>
    /// <param name="message">What is damaged, in which log.</param>
    /// <param name="innerException">The cause.</param>
    public CacheLogCorruptException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
