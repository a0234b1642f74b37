using CrossStitch.Experiments.Reports;
using CrossStitch.Experiments.Reports.Page;
using CrossStitch.Experiments.Statistics;
using CrossStitch.Experiments.Studies;

namespace CrossStitch.Faces.Training.Paper;

/// <summary>What <see cref="LabelStudy"/> and <see cref="AttributeStudy"/> find, against the number of labels.</summary>
internal sealed class LabelSection() : ReportSection("few-labels", "When labels are few")
{
    /// <inheritdoc/>
    public override string After => "networks";

    /// <inheritdoc/>
    public override IEnumerable<ReportPart> Content(StudyView view)
    {
        if (view.Results.Questions.FirstOrDefault(answer => answer.Question.Id == LabelStudy.Attributes) is { } landmarks)
        {
            var all = LabelStudy.Variants(view.Study.Recipe, view.Study.Catalog);
            yield return ReportPart.Of(Html.Tag("p", Html.Class("answer"), Verdict(landmarks, all)));
            yield return ReportPart.Of(LabelFigure.Errors(view, all), "errors against labelled faces, which need a finished run");
            yield return ReportPart.Of(LabelFigure.Differences(view, landmarks, all), "what attributes add, which needs a network with them and without");
            yield return ReportPart.Of(LabelFigure.ByPose(view, all), "what attributes add by pose, which needs several seeds with attributes and without");
        }

        foreach (var attribute in AttributeStudy.Attributes)
        {
            if (view.Results.Questions.Any(answer => answer.Question.Id == AttributeStudy.Question(attribute)))
            {
                yield return ReportPart.Of(LabelFigure.Accuracies(view, attribute), $"the accuracy of {attribute.Name} against labelled faces, which needs a finished run");
            }
        }
    }

    /// <summary>From how many labels on attributes help, way by way.</summary>
    private static string Verdict(QuestionAnswer answer, IReadOnlyList<(LabelWay Way, Variant Variant, double Share)> all)
    {
        string Shares(IEnumerable<double> shares) => string.Join(", ", shares.Select(share => $"{ResultText.Percent(share, 0)} %"));
        var ways = all.GroupBy(one => one.Way).Where(group => group.Key.Without is not null).Select(group => (Way: group.Key, Found: group
            .Select(one => (one.Share, Comparison: answer.Main.FirstOrDefault(comparison => comparison.Variant == one.Variant.Name)!))
            .Where(one => one.Comparison is not null).ToList())).Where(way => way.Found.Count > 0).ToList();
        if (ways.Count == 0)
        {
            return answer.Sentence;
        }

        IEnumerable<double> Of((LabelWay Way, List<(double Share, PairedComparison Comparison)> Found) way, Verdict verdict) => way.Found.Where(one => one.Comparison.Verdict == verdict).Select(one => one.Share);
        var helped = ways.Where(way => Of(way, Experiments.Statistics.Verdict.Better).Any()).ToList();
        var harmed = ways.Where(way => Of(way, Experiments.Statistics.Verdict.Worse).Any()).ToList();
        var lead = helped.Count == 0
            ? "At no share of labelled faces, and in no network, are attributes shown to help landmarks"
            : $"Attributes help landmarks where these shares of the faces have landmarks: {string.Join("; ", helped.Select(way => $"in {way.Way.Title} networks {Shares(Of(way, Experiments.Statistics.Verdict.Better))}"))}";
        var harm = harmed.Count == 0 ? "" : $" They do harm {string.Join("; ", harmed.Select(way => $"in {way.Way.Title} networks at {Shares(Of(way, Experiments.Statistics.Verdict.Worse))}"))}.";
        return $"{lead} (p after Holm's correction for {answer.Main.Count} comparisons).{harm}";
    }
}
