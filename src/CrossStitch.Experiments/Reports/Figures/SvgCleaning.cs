using System.Globalization;
using System.Xml.Linq;

namespace CrossStitch.Experiments.Reports.Figures;

/// <summary>
/// Makes Skia's SVG fit for a page: names that are unique there, one clip path where it repeats the same, a size that
/// follows the page, text that keeps its width whatever font a viewer has.
/// </summary>
internal static class SvgCleaning
{
    /// <summary>The namespace of SVG.</summary>
    public static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private static readonly XNamespace XLink = "http://www.w3.org/1999/xlink";

    /// <summary>Cleans a file.</summary>
    /// <param name="xml">As Skia wrote it.</param>
    /// <param name="id">What its names will begin with.</param>
    public static XElement Clean(string xml, string id)
    {
        var svg = XDocument.Parse(ShownText.Lines(xml)).Root!;
        var (width, height) = (svg.Attribute("width")!.Value, svg.Attribute("height")!.Value);
        svg.RemoveAttributes();
        svg.SetAttributeValue("xmlns", Svg.NamespaceName);
        svg.SetAttributeValue("viewBox", $"0 0 {width} {height}");
        svg.SetAttributeValue("width", width);
        svg.SetAttributeValue("height", height);
        MergeClips(svg);
        MergeGroups(svg);
        Rename(svg, id);
        foreach (var text in svg.Descendants(Svg + "text"))
        {
            CleanText(text);
        }

        foreach (var element in svg.Descendants().ToList())
        {
            element.SetAttributeValue("stroke-miterlimit", null);
            if (IsPoint(element.Attribute("d")?.Value))
            {
                element.Remove();
            }
        }

        return svg;
    }

    /// <summary>Whether a path goes nowhere: the tick marks, which are wanted without length.</summary>
    private static bool IsPoint(string? path) =>
        path is not null && path.Split('L') is [var from, var to] && from == "M" + to;

    private static void MergeClips(XElement svg)
    {
        var first = new Dictionary<string, string>();
        var same = new Dictionary<string, string>();
        foreach (var clip in svg.Descendants(Svg + "clipPath").ToList())
        {
            var id = clip.Attribute("id")!.Value;
            if (!first.TryAdd(string.Concat(clip.Elements()), id))
            {
                same[$"url(#{id})"] = $"url(#{first[string.Concat(clip.Elements())]})";
                clip.Remove();
            }
        }

        foreach (var use in svg.Descendants().Attributes("clip-path").Where(use => same.ContainsKey(use.Value)))
        {
            use.Value = same[use.Value];
        }
    }

    private static void MergeGroups(XElement svg)
    {
        foreach (var group in svg.Elements(Svg + "g").Where(group => group.Attribute("clip-path") is not null).ToList())
        {
            if (group.PreviousNode is XElement before && before.Name == group.Name
                && before.Attributes().Select(one => one.ToString()).SequenceEqual(group.Attributes().Select(one => one.ToString())))
            {
                before.Add(group.Elements());
                group.Remove();
            }
        }
    }

    private static void Rename(XElement svg, string prefix)
    {
        // Skia numbers names through a whole process; a figure's begin at 1, so that it is the same file every time.
        var names = svg.Descendants().Attributes("id").Select((id, i) => (id.Value, Name: $"{prefix}-{i + 1}")).ToDictionary(id => id.Value, id => id.Name);
        foreach (var attribute in svg.Descendants().Attributes().ToList())
        {
            if (attribute.Name == "id")
            {
                attribute.Value = names[attribute.Value];
            }
            else if (attribute.Value.StartsWith("url(#", StringComparison.Ordinal))
            {
                attribute.Value = $"url(#{names[attribute.Value["url(#".Length..^1]]})";
            }
            else if (attribute.Name == XLink + "href")
            {
                attribute.Parent!.SetAttributeValue("href", attribute.Value.StartsWith('#') ? $"#{names[attribute.Value[1..]]}" : attribute.Value);
                attribute.Remove();
            }
        }
    }

    private static void CleanText(XElement text)
    {
        // Skia places every glyph; a viewer with another font gets the whole width instead.
        var places = text.Attribute("x")!.Value.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries);
        text.Value = text.Value.Trim();
        text.SetAttributeValue("x", places[0]);
        text.SetAttributeValue("y", text.Attribute("y")!.Value.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries)[0]);
        var semiBold = text.Attribute("font-family")!.Value.Contains("Semi", StringComparison.Ordinal);
        if (semiBold)
        {
            text.SetAttributeValue("font-weight", "600");
        }

        using var font = new SkiaSharp.SKFont(semiBold ? FigureFont.SemiBold : FigureFont.Regular, float.Parse(text.Attribute("font-size")!.Value, CultureInfo.InvariantCulture));
        text.SetAttributeValue("font-family", $"{FigureFont.Family}, system-ui, sans-serif");
        if (places.Length > 1)
        {
            text.SetAttributeValue("textLength", font.MeasureText(text.Value).ToString("0.#", CultureInfo.InvariantCulture));
            text.SetAttributeValue("lengthAdjust", "spacingAndGlyphs");
        }
    }
}
