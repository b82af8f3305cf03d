using System.Globalization;
using System.Text;

namespace FastCache.Tests.Persistence.Kills;

/// <summary>
/// What a process tells the test that has started it. A line is one write to a pipe, so it arrives whole or not at all, also when
/// the process is killed; and its lines are in the order in which things happened.
/// </summary>
internal sealed class VictimReport : IDisposable
{
    public const string IsOpening = "opening";
    public const string IsOpen = "open";

    private readonly Lock _gate = new();
    private readonly Stream _output = Console.OpenStandardOutput();
    private long _operations;

    /// <summary>Says that an operation is about to begin; its number.</summary>
    public long Begin(VictimOperation operation, int key, long counter)
    {
        long number = Interlocked.Increment(ref _operations);
        Write(string.Create(CultureInfo.InvariantCulture, $"begin {number} {operation} {key} {counter}"));
        return number;
    }

    /// <summary>Says that it has returned.</summary>
    public void End(long number, bool isDurable)
        => Write(string.Create(CultureInfo.InvariantCulture, $"{(isDurable ? "ack" : "end")} {number}"));

    public void Write(string line)
    {
        byte[] bytes = Encoding.ASCII.GetBytes($"{line}\n");
        lock (_gate)
        {
            _output.Write(bytes);
        }
    }

    public void Dispose() => _output.Dispose();
}
