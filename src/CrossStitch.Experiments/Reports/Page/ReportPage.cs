using System.Xml.Linq;
using CrossStitch.Experiments.Statistics;

namespace CrossStitch.Experiments.Reports.Page;

/// <summary>The report as one page.</summary>
internal static class ReportPage
{
    /// <summary>The id of the question whose answer stands beside the verdict: what a network gains without what it shares.</summary>
    public const string ControlQuestion = "two-towers";

    /// <summary>Writes the page.</summary>
    /// <param name="view">The study.</param>
    /// <param name="sections">Its sections.</param>
    public static string Of(StudyView view, IReadOnlyList<(ReportSection Section, IReadOnlyList<ReportPart> Parts)> sections)
    {
        var domain = view.Study.Domain;
        var content = sections.Select(section => (section.Section.Id, section.Section.Title, Elements: section.Parts.Select(Element).OfType<XElement>().ToList()))
            .Append((Id: "repeat", Title: "How to repeat it", Elements: Repeat(view, [.. sections.SelectMany(section => section.Parts).Select(part => part.Missing).OfType<string>().Where(missing => missing.Length > 0)])))
            .Where(section => section.Elements.Count > 0).ToList();
        return Html.Document(Html.Tag(
            "html",
            Html.Of("lang", "en"),
            Html.Tag(
                "head",
                Html.Tag("meta", Html.Of("charset", "utf-8")),
                Html.Tag("meta", Html.Of("name", "viewport"), Html.Of("content", "width=device-width, initial-scale=1")),
                Html.Tag("meta", Html.Of("name", "color-scheme"), Html.Of("content", "light dark")),
                Html.Tag("title", domain.Title),
                Html.Tag("style", PageStyle.Sheet(view.Study.Catalog.Networks.All))),
            Html.Tag(
                "body",
                Html.Tag(
                    "div",
                    Html.Class("page"),
                    Header(view),
                    Html.Tag("nav", Html.Class("contents"), Html.Of("aria-label", "Contents"), Html.Tag("ol", content.Select(section =>
                        Html.Tag("li", Html.Tag("a", Html.Of("href", $"#{section.Id}"), section.Title))))),
                    Html.Tag("main", content.Select(section => Html.Tag(
                        "section",
                        Html.Of("aria-labelledby", section.Id),
                        Html.Tag("h2", Html.Of("id", section.Id), section.Title),
                        section.Elements))),
                    Html.Tag("footer", Html.Tag("p", "Drawn by ", Html.Tag("code", "crossstitch report"), " from the runs in this folder. Figures are also in ", Html.Tag("code", "figures/"), ", numbers in ", Html.Tag("code", "results.csv"), " and ", Html.Tag("code", "results.json"), "."))),
                Html.Tag("script", PageStyle.Script()))));
    }

    private static XElement? Element(ReportPart part) => part.Figure is { } figure
        ? FigureMarkup.Of(figure, figure.ShowsExamples ? "The pictures are the data set's: its terms say who may be sent this page." : null, part.IsTitled)
        : part.Element;

    private static XElement Header(StudyView view)
    {
        var (study, domain) = (view.Study, view.Study.Domain);
        return Html.Tag(
            "header",
            Html.Class("top"),
            domain.Source.Length == 0 ? null : Html.Tag("p", Html.Class("eyebrow"), domain.Source),
            Html.Tag("h1", domain.Title),
            Html.Tag("p", Html.Class("lead"), domain.Lead),
            domain.Note(study.Recipe.Data) is { } note ? Html.Tag("p", Html.Class("note"), note) : null,
            Html.Tag(
                "dl",
                Html.Class("facts"),
                Fact("networks", ResultText.Count(view.Networks.Count)),
                Fact("seeds", ResultText.Count(study.Runs.Select(run => run.Result.Seed).Distinct().Count())),
                Fact("finished runs", ResultText.Count(study.Trained.Count())),
                Fact($"test {domain.Example}s", ResultText.Count(study.Examples.Count)),
                Fact("data", study.Recipe.Data.ShortName()),
                Fact("training time", Words.Duration(study.Trained.Sum(run => run.Result.TrainingSeconds)))));
    }

    private static XElement Fact(string name, string value) => Html.Tag("div", Html.Tag("dt", name), Html.Tag("dd", value));

    private static List<XElement> Repeat(StudyView view, IReadOnlyList<string> missing) => [.. new[]
    {
        Html.Tag("p", "The same seeds on the same data and number of threads give the same weights to the bit. Give another folder to keep this one as it is: in this one the command only does what is left to do."),
        RecipeSection.Commands(view.Study),
        RecipeSection.Versions(view.Study.Runs),
        RecipeSection.Recipes(view.Study),
        missing.Count == 0 ? null : Html.Tag("h3", "Not in this report"),
        missing.Count == 0 ? null : Html.Tag("ul", missing.Select(one => Html.Tag("li", one))),
    }.OfType<XElement>()];
}
