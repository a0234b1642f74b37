using CrossStitch.Experiments.Comparison;
using CrossStitch.Experiments.Reports.Figures;
using CrossStitch.Experiments.Reports.Page;
using CrossStitch.Experiments.Statistics;

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
    /// <param name="study">The runs.</param>
    /// <param name="results">What the statistics say of them.</param>
    /// <param name="folder">Where to; created if it is not there.</param>
    /// <param name="cancellation">Stops it between figures.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static void Write(Study study, StudyResults results, string folder, CancellationToken cancellation = default)
    {
        var view = new StudyView(study, results);
        var figures = ReportFigures.Of(view);
        var figureFolder = Path.Combine(folder, FigureFolder);
        Directory.CreateDirectory(figureFolder);
        var questions = view.Questions.Select(QuestionFigure.Of).OfType<Figure>();
        foreach (var figure in figures.All.Concat(questions))
        {
            cancellation.ThrowIfCancellationRequested();
            AtomicFile.WriteAllText(Path.Combine(figureFolder, $"{figure.Id}.svg"), FigureDrawing.FileSvg(figure));
            File.WriteAllBytes(Path.Combine(figureFolder, $"{figure.Id}.png"), FigureDrawing.FilePng(figure));
        }

        AtomicFile.WriteAllText(Path.Combine(folder, FileName), ReportPage.Of(view, figures));
    }
}
