using System.Globalization;
using System.Xml.Linq;
using FastCache.Bench.Reporting;
using FastCache.Bench.Reporting.Html;
using FastCache.Bench.Reporting.Html.Charts;

namespace FastCache.Tests.Bench.TestTypes;

/// <summary>Charts as what a browser gets, to be looked at by class and attribute.</summary>
internal static class Drawn
{
    /// <summary>The charts of <paramref name="measurements"/>.</summary>
    public static XElement Charts(params Measurement[] measurements)
    {
        Markup markup = new Markup().Open("charts");
        Palette palette = new();
        foreach (IChart chart in ChartPlan.Of(measurements))
        {
            chart.Write(markup, palette);
        }

        return XElement.Parse(markup.Close().ToString());
    }

    public static XElement Chart(IChart chart)
    {
        Markup markup = new();
        chart.Write(markup, new Palette());
        return XElement.Parse(markup.ToString());
    }

    /// <summary>The elements that have this class, perhaps beside others.</summary>
    public static IReadOnlyList<XElement> OfClass(this XElement parent, string name) =>
        [.. parent.Descendants().Where(element => ((string?)element.Attribute("class") ?? "").Split(' ').Contains(name))];

    public static double Number(this XElement element, string attribute) =>
        double.Parse(element.Attribute(attribute)!.Value, CultureInfo.InvariantCulture);

    /// <summary>The group of the bar of this name.</summary>
    public static XElement Row(this XElement chart, string name) =>
        chart.Descendants("g").Single(group => group.Elements("text").Any(text => text.Value == name));

    public static IReadOnlyList<string> Texts(this XElement parent, string element) =>
        [.. parent.Descendants(element).Select(static found => found.Value)];
}
