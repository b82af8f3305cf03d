using System.Globalization;
using System.Text;

namespace FastCache.Bench.Reporting.Html.Charts;

/// <summary>
/// A colour and a sign for each contestant, the same in every chart of a page: Okabe and Ito's colours, which stay apart
/// for colour-blind readers, dark enough for white paper and light enough for a dark screen.
/// </summary>
internal sealed class Palette
{
    /// <summary>What belongs to no contestant: the harness and the clock.</summary>
    private const int Neutral = 0;

    /// <summary>The first of those that no known contestant has.</summary>
    private const int Spare = 7;

    private static readonly (string Light, string Dark)[] Colours =
    [
        ("#767676", "#9a9a9a"),
        ("#0072b2", "#4aa8e0"),
        ("#c98a00", "#e69f00"),
        ("#008f68", "#2fc39a"),
        ("#d55e00", "#f0803c"),
        ("#b0588a", "#dd8fba"),
        ("#3d3d3d", "#e0e0e0"),
        ("#5b4fb0", "#a79df0"),
        ("#7a6f00", "#f0e442"),
        ("#8c4a2f", "#cf9478"),
    ];

    // By product, so that a contestant has its colour on every page whatever else is there. The first that fits wins.
    private static readonly (string Start, int Colour)[] Known =
    [
        ("(", Neutral),
        ("FastCache, Lru", 5),
        ("FastCache, Fifo", 3),
        ("FastCache", 1),
        ("GetOrAdd", 1),
        ("TryGet", 1),
        ("ConcurrentDictionary +", 3),
        ("ConcurrentDictionary", 2),
        ("MemoryCache", 4),
        ("LRU", 5),
        ("exact LRU", 5),
        ("optimum", 6),
    ];

    private readonly Dictionary<string, int> _others = [];

    /// <summary>The rules that give the classes their colours.</summary>
    public static string Style => Rules("", static colour => colour.Light)
        + Rules("@media screen and (prefers-color-scheme: dark)", static colour => colour.Dark);

    public string ClassOf(string contestant) => string.Create(CultureInfo.InvariantCulture, $"c{ColourOf(contestant)}");

    /// <summary>Which of the colours; the markers of lines follow it.</summary>
    public int ColourOf(string contestant)
    {
        foreach ((string start, int colour) in Known)
        {
            if (contestant.StartsWith(start, StringComparison.Ordinal))
            {
                return colour;
            }
        }

        if (!_others.TryGetValue(contestant, out int own))
        {
            own = Spare + (_others.Count % (Colours.Length - Spare));
            _others.Add(contestant, own);
        }

        return own;
    }

    private static string Rules(string condition, Func<(string Light, string Dark), string> choose)
    {
        StringBuilder rules = new();
        for (int i = 0; i < Colours.Length; i++)
        {
            rules.Append(CultureInfo.InvariantCulture, $".c{i}{{--c:{choose(Colours[i])}}}\n");
        }

        return condition.Length == 0 ? rules.ToString() : $"{condition}{{\n{rules}}}\n";
    }
}
