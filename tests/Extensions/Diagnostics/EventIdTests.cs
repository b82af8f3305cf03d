using System.Globalization;
using System.Reflection;
using FastCache.Extensions;
using FastCache.Persistence;
using FastCache.Tests.Unit.TestTypes;
using Microsoft.Extensions.Logging;
using Xunit;

namespace FastCache.Tests.Extensions.Diagnostics;

/// <summary>Ids and names of events are what applications filter by and alert on: they are approved by standing in the documentation.</summary>
public sealed class EventIdTests
{
    private const BindingFlags Any = BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    [Fact]
    public void The_table_in_the_documentation_lists_every_event_with_its_id_level_and_name()
    {
        string[] documented = [.. File.ReadLines(Path.Combine(Repository.Root, "docs", "extensions.md"))
            .Select(static line => line.Split('|', StringSplitOptions.TrimEntries))
            .Where(static cells => cells.Length > 4 && int.TryParse(cells[1], NumberStyles.None, CultureInfo.InvariantCulture, out _))
            .Select(static cells => $"{cells[1]} {cells[2].Trim('`')} {cells[3]}")];

        string[] logged = [.. Events()
            .OrderBy(static message => message.EventId)
            .Select(static message => $"{message.EventId} {message.EventName} {message.Level}")];

        Assert.Equal(logged, documented);
    }

    [Fact]
    public void No_id_and_no_name_is_given_twice()
    {
        LoggerMessageAttribute[] events = [.. Events()];

        Assert.True(events.Length >= 15);
        Assert.Equal(events.Length, events.Select(static message => message.EventId).Distinct().Count());
        Assert.Equal(events.Length, events.Select(static message => message.EventName).Distinct().Count());
    }

    private static IEnumerable<LoggerMessageAttribute> Events()
        => new[] { typeof(Cache<,>).Assembly, typeof(CacheLog).Assembly, typeof(FastCacheOptions).Assembly }
            .SelectMany(static assembly => assembly.GetTypes())
            .SelectMany(static type => type.GetMethods(Any))
            .Select(static method => method.GetCustomAttribute<LoggerMessageAttribute>())
            .OfType<LoggerMessageAttribute>();
}
