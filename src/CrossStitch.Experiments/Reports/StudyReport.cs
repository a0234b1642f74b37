using CrossStitch.Experiments.Catalogs;
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
        var sections = ReportSections.Of(view).Select(section => (Section: section, Parts: Parts(section, view))).ToList();
        var figures = sections.SelectMany(section => section.Parts).Select(part => part.Figure).OfType<Figure>().ToList();
        var wrong = sections.Select(section => section.Section.Id).Concat(figures.Select(figure => figure.Id)).FirstOrDefault(id => !RecordName.Is(id));
        if (wrong is not null)
        {
            throw new CrossStitchException($"'{wrong}' is no name of a section or figure of a report: it has {RecordName.Rule}.");
        }

        var colors = study.Catalog.Networks.All.Select(network => network.Color).ToList();
        var folder = Path.Combine(study.Folder, FigureFolder);
        if (new DirectoryInfo(folder).LinkTarget is { } elsewhere)
        {
            // A study that somebody sent may have been packed with it.
            throw new CrossStitchException($"{folder}: is a link to {elsewhere}; a report is written into its study's folder and nowhere else. Remove the link.");
        }

        AtomicFile.CreateFolder(folder);
        foreach (var figure in figures)
        {
            cancellation.ThrowIfCancellationRequested();
            AtomicFile.WriteAllText(Path.Combine(folder, $"{figure.Id}.svg"), FigureDrawing.FileSvg(figure, colors));
            AtomicFile.Write(Path.Combine(folder, $"{figure.Id}.png"), file => file.Write(FigureDrawing.FilePng(figure)));
        }

        AtomicFile.WriteAllText(Path.Combine(study.Folder, FileName), ReportPage.Of(view, sections));
    }

    /// <summary>What a section shows; where a file that it needs is damaged, that it is missing.</summary>
    private static IReadOnlyList<ReportPart> Parts(ReportSection section, StudyView view)
    {
        try
        {
            return [.. section.Content(view)];
        }
        catch (CrossStitchException error)
        {
            return [ReportPart.Of(null, $"{section.Title}: {error.Message}")];
        }
    }
}
