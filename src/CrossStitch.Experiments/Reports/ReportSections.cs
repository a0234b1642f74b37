using System.Xml.Linq;
using CrossStitch.Experiments.Reports.Figures;
using CrossStitch.Experiments.Reports.Page;
using CrossStitch.Experiments.Statistics;

namespace CrossStitch.Experiments.Reports;

/// <summary>The sections of a report, in the order of the page.</summary>
internal static class ReportSections
{
    /// <summary>Those of this library, of the study's domain and of the catalog.</summary>
    public static IReadOnlyList<ReportSection> Of(StudyView view)
    {
        List<ReportSection> sections =
        [
            new Plain("verdict", "The verdict", Verdict),
            new Plain("networks", "The networks", Networks),
            new Plain("claims", "What is claimed, and what we see", Claims),
            new Plain("errors", "Where the errors are", Errors),
            new Plain("training-and-sharing", "What training did", Training),
            new Plain("questions", "The questions", Questions),
            new Plain("failures", "Runs left out", Failures),
        ];
        foreach (var added in view.Study.Domain.Sections.Concat(view.Study.Catalog.Sections))
        {
            var place = sections.FindLastIndex(section => section.Id == added.After || section.After == added.After);
            sections.Insert(place < 0 ? sections.Count : place + 1, added);
        }

        return sections;
    }

    private static IEnumerable<ReportPart> Verdict(StudyView view)
    {
        if (view.Results.Verdict.Length > 0)
        {
            // What is gained without what a network shares stands beside the verdict, or it would praise the wrong thing.
            var control = view.Results.Questions.FirstOrDefault(answer => answer.Question.Id == ReportPage.ControlQuestion);
            yield return ReportPart.Of(Html.Tag(
                "div",
                Html.Class("verdict"),
                Html.Tag("p", view.Results.Verdict),
                control is { Main: [.., var shared] } ? Html.Tag("p", $"{control.Question.Title} {shared.Sentence}") : null,
                view.Study.Domain.Caution(view.Study.Examples) is { } caution ? Html.Tag("p", Html.Class("caution"), caution) : null));
        }

        yield return ReportPart.Of(ForestFigure.Of(view), "the differences from the baseline, which need the baseline and another network of the same seed");
    }

    private static IEnumerable<ReportPart> Networks(StudyView view) => view.Networks.Count == 0 ? [] : Elements(
    [
        Html.Tag("p", "Every column sorts at a click on its head. The verdict says whether a network differs from the baseline after all comparisons are allowed for; “no difference seen” is not “the same”."),
        .. NetworkTable.Main(view),
        Html.Tag("h3", "Measure by measure"),
        .. NetworkTable.Details(view),
    ]);

    private static IEnumerable<ReportPart> Claims(StudyView view) => view.Results.Claims.Count == 0 ? [] : Elements(
    [
        Html.Tag("p", "A claim about errors holds here only if tests over seeds and examples carry it."),
        ClaimTable.Of(view.Results.Claims),
    ]);

    private static IEnumerable<ReportPart> Errors(StudyView view) =>
    [
        ReportPart.Of(ErrorCurveFigure.Of(view), "cumulative error curves, which need a finished run and a measure of errors"),
        ReportPart.Of(GroupFigure.Of(view), "results by group, which need a finished run and examples with groups"),
        ReportPart.Of(ConfusionFigure.Of(view), "confusion matrices, which need a network that learns classes"),
    ];

    private static IEnumerable<ReportPart> Training(StudyView view) =>
    [
        ReportPart.Of(TrainingFigure.Of(view), "training curves, which need a run's epochs"),
        .. view.Representatives.SelectMany(variant => new[] { ReportPart.Of(StitchFigure.Of(view, variant), ""), Channels(view, variant), ReportPart.Of(RelationFigure.Of(view, variant), "") }),
    ];

    /// <summary>The weights of a run are large and read by nothing else: one that is damaged costs this figure alone.</summary>
    private static ReportPart Channels(StudyView view, VariantSummary variant)
    {
        try
        {
            return ReportPart.Of(StitchMapFigure.Of(view, variant), "");
        }
        catch (CrossStitchException error)
        {
            return ReportPart.Of(null, $"what each channel of {variant.Name} mixes: {error.Message}");
        }
    }

    private static IEnumerable<ReportPart> Questions(StudyView view) => view.Questions.SelectMany(answer => Elements(
        [
            Html.Tag("h3", Html.Of("id", $"ask-{answer.Question.Id}"), answer.Question.Title),
            Html.Tag("p", answer.Question.Asks),
            Html.Tag("p", Html.Class("answer"), answer.Sentence),
            .. NetworkTable.Question(view, answer),
        ])
        .Concat(answer.Question.Pairs is not null ? [] : [ReportPart.Of(QuestionFigure.Of(view, answer), $"the answers to “{answer.Question.Title}”", titled: false)]));

    private static IEnumerable<ReportPart> Failures(StudyView view) =>
        Elements(RecipeSection.Failures(view.Study.Failures));

    private static IEnumerable<ReportPart> Elements(IEnumerable<XElement> elements) => elements.Select(ReportPart.Of);

    private sealed class Plain(string id, string title, Func<StudyView, IEnumerable<ReportPart>> content) : ReportSection(id, title)
    {
        public override string After => "";

        public override IEnumerable<ReportPart> Content(StudyView view) => content(view);
    }
}
