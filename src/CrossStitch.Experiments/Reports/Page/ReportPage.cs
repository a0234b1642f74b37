using System.Xml.Linq;
using CrossStitch.Experiments.Comparison;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Reports.Figures;
using CrossStitch.Experiments.Statistics;

namespace CrossStitch.Experiments.Reports.Page;

/// <summary>The report as one page.</summary>
internal static class ReportPage
{
    private const string Title = "Related weights in cross-stitch networks: the study repeated";

    /// <summary>Writes the page.</summary>
    /// <param name="view">The study.</param>
    /// <param name="figures">Its figures.</param>
    public static string Of(StudyView view, ReportFigures figures)
    {
        var sections = Sections(view, figures).Where(section => section.Content.Count > 0).ToList();
        return Html.Document(Html.Tag(
            "html",
            Html.Of("lang", "en"),
            Html.Tag(
                "head",
                Html.Tag("meta", Html.Of("charset", "utf-8")),
                Html.Tag("meta", Html.Of("name", "viewport"), Html.Of("content", "width=device-width, initial-scale=1")),
                Html.Tag("meta", Html.Of("name", "color-scheme"), Html.Of("content", "light dark")),
                Html.Tag("title", Title),
                Html.Tag("style", PageStyle.Sheet())),
            Html.Tag(
                "body",
                Html.Tag(
                    "div",
                    Html.Class("page"),
                    Header(view),
                    Html.Tag("nav", Html.Class("contents"), Html.Of("aria-label", "Contents"), Html.Tag("ol", sections.Select(section =>
                        Html.Tag("li", Html.Tag("a", Html.Of("href", $"#{section.Id}"), section.Title))))),
                    Html.Tag("main", sections.Select(section => Html.Tag(
                        "section",
                        Html.Of("aria-labelledby", section.Id),
                        Html.Tag("h2", Html.Of("id", section.Id), section.Title),
                        section.Content))),
                    Html.Tag("footer", Html.Tag("p", "Drawn by ", Html.Tag("code", "crossstitch report"), " from the runs in this folder. Figures are also in ", Html.Tag("code", "figures/"), ", numbers in ", Html.Tag("code", "results.csv"), " and ", Html.Tag("code", "results.json"), "."))),
                Html.Tag("script", PageStyle.Script()))));
    }

    private static XElement Header(StudyView view)
    {
        var runs = view.Study.Runs;
        var drawn = runs.Count > 0 && runs[0].Recipe.Data is DrawnData;
        return Html.Tag(
            "header",
            Html.Class("top"),
            Html.Tag("p", Html.Class("eyebrow"), "Bhuin, Chadha and Tan: Related Weights in Cross-stitch Network for Multi-task Learning"),
            Html.Tag("h1", Title),
            Html.Tag("p", Html.Class("lead"), "Does a network find the landmarks of a face better when it also learns the face's pose, gender, glasses and smile? And if so, by which way of sharing: one split tower, cross-stitched towers, towers with related weights, or both?"),
            drawn ? Html.Tag("p", Html.Class("note"), "This study ran on drawn faces: it shows how the report reads and that everything runs, and says nothing about photographs.") : null,
            Html.Tag(
                "dl",
                Html.Class("facts"),
                Fact("networks", ResultText.Count(view.Networks.Count)),
                Fact("seeds", ResultText.Count(runs.Select(run => run.Result.Seed).Distinct().Count())),
                Fact("finished runs", ResultText.Count(runs.Count)),
                Fact("test faces", ResultText.Count(view.Study.TestFaces.Count)),
                runs.Count == 0 ? null : Fact("faces", drawn ? "drawn" : "MTFL"),
                Fact("training time", Words.Duration(runs.Sum(run => run.Result.TrainingSeconds)))));
    }

    /// <summary>What the attributes add to two towers that learn none: without it the verdict would praise the wrong thing.</summary>
    private static XElement? Control(StudyView view)
    {
        var control = view.Results.Questions.FirstOrDefault(answer => answer.Question.Id == OpenQuestion.TwoTowers);
        return control is { Comparisons: [.., var attributes] } ? Html.Tag("p", $"{control.Question.Title} {attributes.Sentence}") : null;
    }

    private static XElement? Boxes(StudyView view) =>
        BoxRemark.Of(view.Study.TestFaces.Faces) is { } note ? Html.Tag("p", Html.Class("caution"), note) : null;

    private static XElement Fact(string name, string value) => Html.Tag("div", Html.Tag("dt", name), Html.Tag("dd", value));

    private static IEnumerable<(string Id, string Title, List<XElement> Content)> Sections(StudyView view, ReportFigures figures)
    {
        yield return ("verdict", "The verdict", Some(
            view.Results.Verdict.Length == 0 ? null : Html.Tag("div", Html.Class("verdict"), Html.Tag("p", view.Results.Verdict), Control(view), Boxes(view)),
            figures.Verdict is null ? null : FigureMarkup.Of(figures.Verdict)));
        yield return ("networks", "The networks", view.Networks.Count == 0 ? [] :
        [
            Html.Tag("p", "Every column sorts at a click on its head. The verdict says whether a network differs from the baseline after all comparisons are allowed for; “no difference seen” is not “the same”."),
            .. NetworkTable.Main(view.Networks),
            Html.Tag("h3", "By landmark and attribute"),
            .. NetworkTable.Details(view.Networks),
        ]);
        yield return ("paper-figures", "The paper's figures, with intervals", Figures(figures.Paper));
        IReadOnlyList<ClaimCheck> claims = [.. view.Results.Claims, .. SharingClaims.Of(view)];
        yield return ("claims", "What the paper claims, and what we see", claims.Count == 0 ? [] : Some(
            Html.Tag("p", "The paper trained each network once and drew bars. Here a claim about errors holds only if tests over seeds and faces carry it."),
            ClaimTable.Of(claims)));
        yield return ("errors", "Where the errors are", Figures(figures.Faces));
        yield return ("training-and-sharing", "What training did", Figures(figures.Training));
        yield return ("questions", "The open questions of section 6.4", Questions(view));
        yield return ("failures", "Failed runs", Some(RecipeSection.Failures(view.Study.Failures)));
        yield return ("repeat", "How to repeat it", Repeat(view, figures));
    }

    private static List<XElement> Figures(IEnumerable<Figure> figures) => [.. figures.Select(figure =>
        FigureMarkup.Of(figure, figure.ShowsFaces ? "The pictures are the data set's: its terms say who may be sent this page." : null))];

    private static List<XElement> Questions(StudyView view)
    {
        var sections = QuestionSection.Of(view.Questions).ToList();
        return sections.Count == 0 ? [] :
        [
            Html.Tag("p", "The paper ends with what could be tried. Each was, with everything else as in the main study."),
            .. sections,
        ];
    }

    private static List<XElement> Repeat(StudyView view, ReportFigures figures) => Some(
        Html.Tag("p", "The same seeds on the same faces and number of threads give the same weights to the bit. Give another folder to keep this one as it is: in this one the command only does what is left to do."),
        RecipeSection.Commands(view.Study),
        RecipeSection.Versions(view.Study.Runs),
        RecipeSection.Recipes(view.Study.Runs),
        figures.Missing.Count == 0 ? null : Html.Tag("h3", "Not in this report"),
        figures.Missing.Count == 0 ? null : Html.Tag("ul", figures.Missing.Select(missing => Html.Tag("li", missing))));

    private static List<XElement> Some(params XElement?[] elements) => [.. elements.OfType<XElement>()];
}
