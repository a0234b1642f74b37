using System.Xml.Linq;
using CrossStitch.Experiments.Reports.Figures;

namespace CrossStitch.Experiments.Reports.Page;

/// <summary>A figure as part of the page: its panels in a grid that follows the width of the screen.</summary>
internal static class FigureMarkup
{
    /// <summary>From here on a panel scrolls on a narrow screen: shrunk to it, its text could not be read.</summary>
    private const int Wide = 600;

    /// <summary>The figure's element.</summary>
    /// <param name="figure">Which.</param>
    /// <param name="note">What else to say below it.</param>
    /// <param name="titled">Whether its title stands above it; not where a heading has just said it.</param>
    public static XElement Of(Figure figure, string? note = null, bool titled = true) => Html.Tag(
        "figure",
        Html.Class("figure"),
        Html.Of("id", figure.Id),
        titled ? Html.Tag("h3", figure.Title) : null,
        Key(figure),
        Html.Tag(
            "div",
            Html.Class(figure.Narrow is null ? LayoutOf(figure) : $"{LayoutOf(figure)} wide"),
            Html.Of("style", Sizes(figure)),
            figure.Panels.Select((panel, i) => Panel(figure, panel, i))),
        figure.Narrow is null ? null : Html.Tag("div", Html.Class("narrow"), FigureDrawing.PanelSvg(figure.Narrow, $"{figure.Id}-narrow", $"{figure.Title}. {figure.Alternative}")),
        Html.Tag("figcaption", figure.Caption, note is null ? null : " " + note));

    private static string LayoutOf(Figure figure)
    {
        var widths = figure.Panels.Select(panel => panel.Width).ToList();
        return widths.Distinct().Count() > 1 ? "panels loose" : widths[0] <= 250 ? "panels small" : "panels";
    }

    private static string Sizes(Figure figure)
    {
        var width = figure.Panels.Max(panel => panel.Width);
        var least = width >= Wide ? Math.Min(width, 680) : Math.Min(width, 320);
        return $"--least:{least}px;--width:{(int)(1.2 * width)}px;--columns:{figure.Columns}";
    }

    private static XElement Panel(Figure figure, FigurePanel panel, int index)
    {
        var id = $"{figure.Id}-{index}";
        var alternative = index > 0 ? $"{figure.Title}: {panel.Title}" : $"{figure.Title}. {figure.Alternative}";
        return Html.Tag(
            "div",
            Html.Class("panel"),
            Html.Of("style", $"--own:{panel.Width}px"),
            panel.Width >= Wide ? Html.Of("tabindex", 0) : null,
            panel.Title.Length == 0 ? null : Html.Tag("h4", panel.Title),
            FigureDrawing.PanelSvg(panel, id, alternative));
    }

    private static XElement? Key(Figure figure) => figure.Key.Count == 0 ? null : Html.Tag(
        "ul",
        Html.Class("key"),
        figure.Key.Select((key, i) => Html.Tag("li", FigureDrawing.MarkSvg(key, $"{figure.Id}-key-{i}"), key.Text)));
}
