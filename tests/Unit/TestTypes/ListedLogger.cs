using Microsoft.Extensions.Logging;

namespace FastCache.Tests.Unit.TestTypes;

/// <summary>Remembers what was logged.</summary>
internal sealed class ListedLogger : ILogger, ILoggerFactory
{
    private readonly List<(EventId Id, LogLevel Level, string Message, Exception? Exception)> _entries = [];

    /// <summary>Called for each message, before it is remembered.</summary>
    public Action? OnLog { get; set; }

    public List<string> Categories { get; } = [];

    public IReadOnlyList<(EventId Id, LogLevel Level, string Message, Exception? Exception)> Entries
    {
        get
        {
            lock (_entries)
            {
                return [.. _entries];
            }
        }
    }

    public ILogger CreateLogger(string categoryName)
    {
        Categories.Add(categoryName);
        return this;
    }

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        OnLog?.Invoke();
        lock (_entries)
        {
            _entries.Add((eventId, logLevel, formatter(state, exception), exception));
        }
    }

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
        => null;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public void Dispose()
    {
    }
}
