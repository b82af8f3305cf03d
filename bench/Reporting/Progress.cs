using System.Globalization;

namespace FastCache.Bench.Reporting;

/// <summary>
/// Says on standard error what is being measured: on a terminal as one line that is rewritten, otherwise as plain lines.
/// </summary>
internal sealed class Progress
{
    private readonly bool _isTerminal = !Console.IsErrorRedirected;
    private int _total;
    private int _done;
    private int _shown;

    public void Start(int steps) => _total = steps;

    public void Step(string what)
    {
        _done++;
        string line = string.Create(CultureInfo.InvariantCulture, $"[{_done}/{Math.Max(_done, _total)}] {what}");
        if (!_isTerminal)
        {
            Console.Error.WriteLine(line);
            return;
        }

        Show(line);
    }

    /// <summary>Rewrites the line on the terminal; on anything else it is not worth one.</summary>
    public void Show(string line)
    {
        if (_isTerminal)
        {
            Clear();
            Console.Error.Write(line);
            _shown = line.Length;
        }
    }

    /// <summary>Takes the line off the terminal, so that a result can be written in its place.</summary>
    public void Clear()
    {
        if (_shown > 0)
        {
            Console.Error.Write('\r' + new string(' ', _shown) + '\r');
            _shown = 0;
        }
    }
}
