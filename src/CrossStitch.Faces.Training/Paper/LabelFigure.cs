using CrossStitch.Experiments.Reports;
using CrossStitch.Experiments.Reports.Figures;
using CrossStitch.Experiments.Scores;
using CrossStitch.Experiments.Statistics;
using CrossStitch.Experiments.Studies;
using CrossStitch.Faces.Training.Annotations;
using CrossStitch.Faces.Training.Measures;

namespace CrossStitch.Faces.Training.Paper;

/// <summary>Measures against the share of the training faces that are labelled, on a logarithmic axis.</summary>
internal static class LabelFigure
{
    private const string Axis = "faces with landmarks, % of the training faces";

    /// <summary>How far marks of several networks stand apart, in decades.</summary>
    private const double Apart = 0.028;

    /// <summary>The error of every way to learn.</summary>
    public static Figure? Errors(StudyView view, IReadOnlyList<(LabelWay Way, Variant Variant, double Share)> all)
    {
        var lines = Lines(view, all.Where(one => one.Way.Change != "second"), view.Main);
        var panels = new[]
        {
            Panel("Without attributes", lines.Where(line => line.Way.Without is null), lines, view, view.Main, Axis),
            Panel("With attributes, and the single network", lines.Where(line => line.Way.Without is not null || line.Way.Change.Length == 0), lines, view, view.Main, Axis),
        }.OfType<FigurePanel>().ToList();
        return panels.Count == 0 ? null : new Figure(
            "labels-error",
            "Error against labelled faces",
            "A dot is the mean over seeds, its line the 95 % interval over seeds. Every network takes as many steps, and sees as many faces with landmarks a step; networks with attributes see as many again that have attributes alone.",
            string.Join("; ", lines.Select(line => $"{line.Way.Title}: {string.Join(", ", line.Points.Select(point => $"{ResultText.Percent(point.Share, 0)} % labelled {ResultText.Amount(point.At.Mean, view.Main)}"))}")) + ".",
            panels,
            [.. lines.Select(line => new FigureKey(IsDashed(line.Way) ? FigureMark.Dashes : FigureMark.Line, ColorOf(view, line.Way), line.Way.Title))]);
    }

    /// <summary>What attributes add to each network, in % of its error without them.</summary>
    public static Figure? Differences(StudyView view, QuestionAnswer answer, IReadOnlyList<(LabelWay Way, Variant Variant, double Share)> all)
    {
        var summaries = answer.Variants.ToDictionary(variant => variant.Name);
        var points = all.Select(one => (one.Way, one.Share, Comparison: answer.Main.FirstOrDefault(comparison => comparison.Variant == one.Variant.Name)))
            .Where(one => one.Comparison is not null && summaries.ContainsKey(one.Comparison.Baseline))
            .Select(one => (one.Way, one.Share, Scale: 100 / summaries[one.Comparison!.Baseline].Mean(view.Main), Comparison: one.Comparison!))
            .Select(one => (one.Way, one.Share, At: one.Scale * one.Comparison.Difference, Low: one.Scale * one.Comparison.Interval.Low, High: one.Scale * one.Comparison.Interval.High, IsSure: one.Comparison.Verdict is Verdict.Better or Verdict.Worse)).ToList();
        return points.Count == 0 ? null : new Figure(
            "labels-attributes",
            "What attributes add",
            "The error of a network with attributes less that of the same network without them, in % of the latter; below the line attributes help. Lines are 95 % intervals over faces and seeds. Dots are differences that stand after Holm's correction, rings those that do not.",
            string.Join("; ", points.Select(point => $"{point.Way.Title}, {ResultText.Percent(point.Share, 0)} % labelled: {ResultText.Number(point.At, 1)} %")) + ".",
            [Changes(view, "", 860, points)],
            [.. points.Select(point => point.Way).Distinct().Select(way => new FigureKey(FigureMark.Dot, ColorOf(view, way), way.Title))])
        { Columns = 1 };
    }

    /// <summary>The same for the faces of each pose.</summary>
    public static Figure? ByPose(StudyView view, IReadOnlyList<(LabelWay Way, Variant Variant, double Share)> all)
    {
        if (view.Study.Examples.By(FaceAttribute.Pose.Name) is not { } poses)
        {
            return null;
        }

        var panels = new List<(string Title, List<(LabelWay Way, double Share, double At, double Low, double High, bool IsSure)> Points)>();
        for (var pose = 0; pose < poses.Groups.Count; pose++)
        {
            var members = poses.Members(pose);
            var points = members.Length < 2 ? [] : all.Where(one => one.Way.Without is not null).Select(one => (one.Way, one.Share, Found: Difference(view, one.Variant.Name, VariantOf(all, one.Way.Without!, one.Share), members)))
                .Where(one => one.Found is not null).Select(one => (one.Way, one.Share, one.Found!.Value.At, one.Found.Value.Low, one.Found.Value.High, false)).ToList();
            if (points.Count > 0)
            {
                panels.Add(($"{poses.Groups[pose].Replace('-', '−')} ({ResultText.Count(members.Length)} faces)", points));
            }
        }

        return panels.Count == 0 ? null : new Figure(
            "labels-by-pose",
            "What attributes add, by pose",
            "As above, for the test faces of each true pose; the intervals are those of each comparison alone, and few faces have little certainty.",
            $"What attributes add at {string.Join(", ", panels.Select(panel => panel.Title))}.",
            [.. panels.Select(panel => Changes(view, panel.Title, 480, panel.Points))],
            [.. panels[0].Points.Select(point => point.Way).Distinct().Select(way => new FigureKey(FigureMark.Ring, ColorOf(view, way), way.Title))]);
    }

    /// <summary>The balanced accuracy of an attribute, learned alone, with the others, and with landmarks.</summary>
    public static Figure? Accuracies(StudyView view, FaceAttribute attribute)
    {
        var measure = view.Study.Measures.First(measure => measure.Name == FaceMeasures.BalancedAccuracy(attribute));
        var lines = Lines(view, AttributeStudy.Variants(view.Study.Recipe, view.Study.Catalog, attribute), measure);
        var panel = Panel("", lines, lines, view, measure, "faces with attributes, % of the training faces");
        return panel is null ? null : new Figure(
            $"labels-{attribute.Name}",
            $"{char.ToUpperInvariant(attribute.Name[0])}{attribute.Name[1..]} against labelled faces",
            "Balanced accuracy: the mean over classes. A dot is the mean over seeds, its line the 95 % interval over seeds. All faces have landmarks.",
            string.Join("; ", lines.Select(line => $"{line.Way.Title}: {string.Join(", ", line.Points.Select(point => $"{ResultText.Percent(point.Share, 0)} % labelled {ResultText.Amount(point.At.Mean, measure)}"))}")) + ".",
            [panel],
            [.. lines.Select(line => new FigureKey(IsDashed(line.Way) ? FigureMark.Dashes : FigureMark.Line, ColorOf(view, line.Way), line.Way.Title))]);
    }

    private static string VariantOf(IReadOnlyList<(LabelWay Way, Variant Variant, double Share)> all, LabelWay way, double share) => all.First(one => one.Way == way && one.Share == share).Variant.Name;

    private static FigureColor ColorOf(StudyView view, LabelWay way) => way.Color ?? view.ColorOf(way.Network);

    private static bool IsDashed(LabelWay way) => way.Without is null && way.Network != "single";

    private static List<(LabelWay Way, List<(double Share, Estimate At)> Points)> Lines(StudyView view, IEnumerable<(LabelWay Way, Variant Variant, double Share)> all, Measure measure)
    {
        var known = view.Results.Questions.SelectMany(answer => answer.Variants).Concat(view.Results.Variants).DistinctBy(variant => variant.Name).ToDictionary(variant => variant.Name);
        return [.. all.GroupBy(one => one.Way).Select(group => (Way: group.Key, Points: group
            .Select(one => (one.Share, At: known.GetValueOrDefault(one.Variant.Name)?.Of(measure.Name)))
            .Where(one => one.At is not null).Select(one => (one.Share, one.At!)).OrderBy(one => one.Share).ToList())).Where(line => line.Points.Count > 0)];
    }

    private static FigurePanel? Panel(
        string title, IEnumerable<(LabelWay Way, List<(double Share, Estimate At)> Points)> shown, List<(LabelWay Way, List<(double Share, Estimate At)> Points)> all, StudyView view, Measure measure, string axis)
    {
        var lines = shown.ToList();
        if (lines.Count == 0)
        {
            return null;
        }

        // Panels of one figure share their axes.
        var ends = all.SelectMany(line => line.Points).SelectMany(point => Words.Ends(point.At).Append(point.At.Mean)).Select(end => measure.Factor * end).ToList();
        return Chart.Panel(title, 480, 340, chart =>
        {
            var pad = Math.Max(0.06 * (ends.Max() - ends.Min()), 0.01);
            Frame(chart, [.. all.SelectMany(line => line.Points).Select(point => point.Share)], ends.Min() - pad, ends.Max() + pad, axis).Up($"{measure.Title}, {measure.Unit}");
            for (var i = 0; i < lines.Count; i++)
            {
                var (way, points) = lines[i];
                var shift = Apart * (i - ((lines.Count - 1) / 2.0));
                chart.Line([.. points.Select(point => Place(point.Share) + shift)], [.. points.Select(point => measure.Factor * point.At.Mean)], ColorOf(view, way), 1.5f, IsDashed(way));
                foreach (var (share, at) in points)
                {
                    var interval = Words.Ends(at);
                    chart.Segment(Place(share) + shift, measure.Factor * interval[0], Place(share) + shift, measure.Factor * interval[^1], ColorOf(view, way));
                    chart.Mark(Place(share) + shift, measure.Factor * at.Mean, ColorOf(view, way), size: 7);
                }
            }
        });
    }

    private static FigurePanel Changes(StudyView view, string title, int width, List<(LabelWay Way, double Share, double At, double Low, double High, bool IsSure)> points)
    {
        var ways = points.Select(point => point.Way).Distinct().ToList();
        var (low, high) = (Math.Min(0, points.Min(point => point.Low)), Math.Max(0, points.Max(point => point.High)));
        return Chart.Panel(title, width, 300, chart =>
        {
            var pad = 0.08 * (high - low);
            Frame(chart, [.. points.Select(point => point.Share)], low - pad, high + pad, Axis).Up("change of the error, %", "+#,0.##;−#,0.##;0");
            chart.Segment(0, 0, 2.2, 0, FigurePalette.Baseline, 1.5f);
            foreach (var point in points)
            {
                var x = Place(point.Share) + (1.6 * Apart * (ways.IndexOf(point.Way) - ((ways.Count - 1) / 2.0)));
                chart.Segment(x, point.Low, x, point.High, ColorOf(view, point.Way));
                chart.Mark(x, point.At, ColorOf(view, point.Way), point.IsSure ? FigureMark.Dot : FigureMark.Ring);
            }
        });
    }

    private static Chart Frame(Chart chart, IEnumerable<double> shares, double low, double high, string axis)
    {
        var known = shares.Distinct().Order().ToList();
        return chart.Span(Place(known[0]) - 0.15, Place(known[^1]) + 0.15, low, high).Room(52, 10, 44, 8)
            .AcrossNames(axis, known.Select(share => (Place(share), $"{ResultText.Percent(share, 0)} %")));
    }

    private static double Place(double share) => Math.Log10(100 * share);

    /// <summary>The change from one variant to another over some of the examples, in % of the other's error, with its interval.</summary>
    /// <returns>Null without two seeds in common.</returns>
    private static (double At, double Low, double High)? Difference(StudyView view, string variant, string baseline, int[] members)
    {
        var (ours, theirs) = (Rows(variant), Rows(baseline));
        var seeds = ours.Keys.Intersect(theirs.Keys).Order().ToList();
        if (seeds.Count < 2)
        {
            return null;
        }

        var differences = PairedDifferences.Between([.. seeds.Select(seed => ours[seed])], [.. seeds.Select(seed => theirs[seed])]);
        var scale = 100 / seeds.Average(seed => theirs[seed].Average());
        var interval = PairedBootstrap.Interval95(differences, seed: 1);
        return (scale * differences.Mean, scale * interval.Low, scale * interval.High);

        Dictionary<long, double[]> Rows(string name) => view.Study.Runs.Where(run => run.Variant.Name == name && run.Scores.Has(view.Main.Column))
            .ToDictionary(run => run.Result.Seed, run => Array.ConvertAll(members, example => run.Scores[view.Main.Column][example]));
    }
}
