using System.Reflection;
using System.Text;
using CrossStitch.Experiments.Catalogs;
using CrossStitch.Experiments.Reports.Figures;

namespace CrossStitch.Experiments.Reports.Page;

/// <summary>The page's style sheet and its one small script, which sorts tables.</summary>
internal static class PageStyle
{
    /// <summary>Fonts, rules, and the colours of networks in light and dark.</summary>
    /// <param name="networks">The networks.</param>
    public static string Sheet(IReadOnlyCollection<NetworkDefinition> networks)
    {
        var dark = new StringBuilder(FigurePalette.DarkRules("figure", networks.Select(network => network.Color)));
        var light = new StringBuilder();
        foreach (var network in networks)
        {
            light.Append($".{ClassOf(network.Name)}{{--network:{network.Color.Light}}}\n");
            dark.Append($".{ClassOf(network.Name)}{{--network:{network.Color.Dark}}}\n");
        }

        return $"{FigureFont.FontFaceRules()}{Read("look.css")}{Read("report.css")}{light}@media screen and (prefers-color-scheme: dark) {{\n{dark}}}\n";
    }

    /// <summary>The script.</summary>
    public static string Script() => Read("report.js");

    /// <summary>The class that gives an element a network's colour.</summary>
    public static string ClassOf(string network) => $"network-{network}";

    private static string Read(string name)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
