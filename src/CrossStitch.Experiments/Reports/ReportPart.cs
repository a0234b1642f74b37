using System.Xml.Linq;
using CrossStitch.Experiments.Reports.Figures;

namespace CrossStitch.Experiments.Reports;

/// <summary>Something in a section of a report: an element of the page, a figure, or a note that a figure could not be drawn.</summary>
public sealed record ReportPart
{
    private ReportPart()
    {
    }

    /// <summary>An element of the page; null if it is a figure.</summary>
    public XElement? Element { get; private init; }

    /// <summary>A figure, which is also written as files; null if it is an element.</summary>
    public Figure? Figure { get; private init; }

    /// <summary>Whether the figure's title stands above it; not where a heading has just said it.</summary>
    public bool IsTitled { get; private init; } = true;

    /// <summary>What could not be drawn, and why.</summary>
    public string? Missing { get; private init; }

    /// <summary>An element.</summary>
    /// <param name="element">The element.</param>
    public static ReportPart Of(XElement element) => new() { Element = element };

    /// <summary>A figure.</summary>
    /// <param name="figure">The figure; null if the study has no data for it.</param>
    /// <param name="otherwise">What is missing without it, and what it needs.</param>
    /// <param name="titled">Whether its title stands above it.</param>
    public static ReportPart Of(Figure? figure, string otherwise, bool titled = true) => new() { Figure = figure, IsTitled = titled, Missing = figure is null ? otherwise : null };
}
