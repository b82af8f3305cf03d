using System.Globalization;

namespace FastCache.Bench.Reporting.Html.Charts;

/// <summary>
/// What was measured, apart from the contestant: the fields before "metric". Figures of the same circumstances stand in
/// one panel; those fields that differ between panels are their titles.
/// </summary>
internal static class Circumstances
{
    // Of the contestant, or of the run as a whole.
    private static readonly HashSet<string> Left = ["verb", "contestant", "shards", "policy", "seed", "seconds", "rounds", "requests", "distinct"];

    /// <summary>The panels of <paramref name="measurements"/>, in their order. A contestant is never twice in one.</summary>
    public static IReadOnlyList<(string Title, IReadOnlyList<Measurement> Figures)> Split(
        IReadOnlyList<Measurement> measurements, params string[] without)
    {
        List<(KeyValuePair<string, object?>[] Key, List<Measurement> Figures)> groups = [];
        foreach (Measurement figure in measurements)
        {
            KeyValuePair<string, object?>[] key = [.. KeyOf(figure, without)];
            List<Measurement>? group = groups.Find(group => group.Key.SequenceEqual(key) && !Holds(group.Figures, figure)).Figures;
            if (group is null)
            {
                groups.Add((key, group = []));
            }

            group.Add(figure);
        }

        HashSet<string> varying = [.. groups.SelectMany(static group => group.Key).GroupBy(static field => field.Key)
            .Where(fields => fields.Distinct().Skip(1).Any() || fields.Count() < groups.Count)
            .Select(static fields => fields.Key)];

        // Which is the baseline, its bar says; the title only if nothing else tells two panels apart.
        List<string> titles = groups.ConvertAll(group => TitleOf(group.Key.Where(static field => field.Key != "baseline"), varying));
        return
        [
            .. groups.Select((group, index) => (
                titles.Count(title => title == titles[index]) == 1 ? titles[index] : TitleOf(group.Key, varying),
                (IReadOnlyList<Measurement>)group.Figures)),
        ];
    }

    private static IEnumerable<KeyValuePair<string, object?>> KeyOf(Measurement figure, string[] without) =>
        figure.TakeWhile(static field => field.Key != "metric").Concat(figure.Where(static field => field.Key == "baseline"))
            .Where(field => !Left.Contains(field.Key) && !without.Contains(field.Key));

    private static bool Holds(List<Measurement> figures, Measurement figure) => figures.Exists(other =>
        other.Text("contestant") == figure.Text("contestant") && other.Text("metric") == figure.Text("metric"));

    private static string TitleOf(IEnumerable<KeyValuePair<string, object?>> key, HashSet<string> varying) =>
        string.Join(", ", key.Where(field => varying.Contains(field.Key)).Select(TitleOf));

    private static string TitleOf(KeyValuePair<string, object?> field) => (field.Key, field.Value) switch
    {
        ("entries", int count) => $"{Format.Count(count)} entries",
        ("threads", int threads) => Format.Threads(threads),
        ("capacity", int capacity) => $"capacity {Format.Count(capacity)}",
        ("value_size" or "block_size", int size) => $"{Format.Count(size)} B",
        ("per_second", int rate) => $"{Format.Count(rate)} a second",
        ("baseline", var name) => $"beside {name}",
        (_, string text) => Figure.Name(text),
        var (name, value) => $"{Figure.Name(name)} {Convert.ToString(value, CultureInfo.InvariantCulture)}",
    };
}
