using CrossStitch.Experiments.Reports.Figures;
using CrossStitch.Experiments.Reports.Page;
using CrossStitch.Experiments.Statistics;
using CrossStitch.Experiments.Studies;

namespace CrossStitch.Experiments.Reports;

/// <summary>A study as a page to read: <c>report.html</c>, one file that needs no other, and its figures as files.</summary>
public static class StudyReport
{
    /// <summary>The page's file.</summary>
    public const string FileName = "report.html";

    /// <summary>The figures' folder.</summary>
    public const string FigureFolder = "figures";

    /// <summary>
    /// Writes the page, and every figure as SVG and PNG. What the study has no data for is left out, and the page says so.
    /// </summary>
    /// <param name="study">The study; they go into its folder.</param>
    /// <param name="results">What the statistics say of it.</param>
    /// <param name="cancellation">Stops it between figures.</param>
    /// <exception cref="CrossStitchException">A file cannot be written.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static void Write(Study study, StudyResults results, CancellationToken cancellation = default)
    {
        var view = new StudyView(study, results);
        var sections = ReportSections.Of(view).Select(section => (Section: section, Parts: (IReadOnlyList<ReportPart>)[.. section.Content(view)])).ToList();
        var colors = study.Catalog.Networks.All.Select(network => network.Color).ToList();
        var folder = Path.Combine(study.Folder, FigureFolder);
        AtomicFile.CreateFolder(folder);
        foreach (var figure in sections.SelectMany(section => section.Parts).Select(part => part.Figure).OfType<Figure>())
        {
            cancellation.ThrowIfCancellationRequested();
            AtomicFile.WriteAllText(Path.Combine(folder, $"{figure.Id}.svg"), FigureDrawing.FileSvg(figure, colors));
            AtomicFile.Write(Path.Combine(folder, $"{figure.Id}.png"), file => file.Write(FigureDrawing.FilePng(figure)));
        }

        AtomicFile.WriteAllText(Path.Combine(study.Folder, FileName), ReportPage.Of(view, sections));
    }
}
