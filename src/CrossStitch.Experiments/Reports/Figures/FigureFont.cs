using System.Reflection;
using ScottPlot;
using SkiaSharp;

namespace CrossStitch.Experiments.Reports.Figures;

/// <summary>
/// The typeface of figures and page. It travels inside this assembly, so that figures have text on a machine without any
/// font, and look the same on all.
/// </summary>
public sealed class FigureFont : IFontResolver
{
    /// <summary>Its name, as ScottPlot and style sheets ask for it.</summary>
    public const string Family = "Inter";

    private static readonly Lazy<(SKTypeface Regular, SKTypeface SemiBold)> Typefaces = new(() =>
    {
        var typefaces = (Load("Regular"), Load("SemiBold"));

        // ScottPlot asks its resolvers in order: ours must come before what the system has under the same name.
        ScottPlot.Fonts.FontResolvers.Insert(0, new FigureFont());
        return typefaces;
    });

    private FigureFont()
    {
    }

    /// <summary>The upright weight.</summary>
    public static SKTypeface Regular => Typefaces.Value.Regular;

    /// <summary>The weight of titles.</summary>
    public static SKTypeface SemiBold => Typefaces.Value.SemiBold;

    /// <summary>Style rules that bring both weights to a page.</summary>
    public static string FontFaceRules() =>
        string.Concat(new[] { ("Regular", 400), ("SemiBold", 600) }.Select(weight =>
            $"@font-face{{font-family:\"{Family}\";font-weight:{weight.Item2};font-display:swap;src:url(data:font/otf;base64,{Convert.ToBase64String(Read(weight.Item1))}) format(\"opentype\")}}\n"));

    /// <inheritdoc/>
    public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) =>
        Find(fontName, weight >= FontWeight.SemiBold);

    /// <inheritdoc/>
    public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) => Find(fontName, bold);

    private static SKTypeface? Find(string name, bool bold) =>
        name != Family ? null : bold ? SemiBold : Regular;

    private static SKTypeface Load(string weight)
    {
        using var data = SKData.CreateCopy(Read(weight));
        return SKTypeface.FromData(data);
    }

    private static byte[] Read(string weight)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"{Family}-{weight}.otf")!;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
