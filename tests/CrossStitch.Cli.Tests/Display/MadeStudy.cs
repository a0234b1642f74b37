using CrossStitch.Experiments.Data;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Scores;
using CrossStitch.Experiments.Statistics;
using CrossStitch.Experiments.Studies;
using CrossStitch.Faces;
using CrossStitch.Faces.Training.Annotations;
using CrossStitch.Faces.Training.Data;
using CrossStitch.Faces.Training.Measures;

namespace CrossStitch.Cli.Tests.Display;

/// <summary>Results that no network was trained for, to be shown.</summary>
internal static class MadeStudy
{
    public static readonly Recipe Recipe = Recipe.For(new DrawnData());

    /// <summary>Faces with detected boxes, then faces with boxes from their landmarks, of all poses in turn.</summary>
    public static TestExamples Faces(int detected, int derived)
    {
        var numbers = Enumerable.Range(0, detected + derived).ToList();
        return new TestExamples(
            [.. numbers.Select(number => $"{number}.jpg")],
            [
                .. FaceAttribute.All.Select(attribute => new Grouping(attribute.Name, attribute.Classes, [.. numbers.Select(number => number % attribute.Classes.Count)])),
                new Grouping(FaceData.BoxGrouping, [.. Enum.GetValues<BoxSource>().Select(BoxRemark.Name)], [.. numbers.Select(number => (int)(number < detected ? BoxSource.Detector : BoxSource.Reference))]),
            ]);
    }

    /// <summary>An error of 5.12 % and accuracies of 100 %, in every group.</summary>
    public static Evaluation Evaluation(TestExamples faces)
    {
        var values = FaceMeasures.All.ToDictionary(measure => measure.Name, measure => measure.Name == FaceMeasures.MeanError ? 0.0512 : 1.0);
        return new Evaluation(
            new GroupEvaluation(faces.Count, values),
            faces.Groupings.ToDictionary(grouping => grouping.Name, grouping => (IReadOnlyDictionary<string, GroupEvaluation>)new OrderedDictionary<string, GroupEvaluation>(
                grouping.Groups.Select((name, group) => KeyValuePair.Create(name, new GroupEvaluation(grouping.Members(group).Length, values))).Where(group => group.Value.Examples > 0))),
            FaceAttribute.All.ToDictionary(
                attribute => attribute.Name,
                attribute => (IReadOnlyList<IReadOnlyList<int>>)[.. attribute.Classes.Select(_ => (IReadOnlyList<int>)[faces.Count, .. new int[attribute.Classes.Count - 1]])]));
    }

    /// <summary>A network with an error of 2.84 %, and by how much it is said to be better than another.</summary>
    public static VariantSummary Summary(Variant variant, Verdict? verdict, string baseline = "single")
    {
        var against = new Dictionary<string, PairedComparison>();
        if (verdict is { } said)
        {
            against[FaceMeasures.MeanError] = new PairedComparison(
                variant.Name, baseline, FaceMeasures.All[0], 3, 3, -0.0015, new Interval(-0.0027, -0.0003), 0.0001, 0.0002, said, 4, "");
        }

        var values = FaceMeasures.All.ToDictionary(measure => measure.Name, _ => new Estimate(0.0284, null));
        return new VariantSummary(variant, 3, values, 1000, 1, against);
    }

    public static Study Of(IReadOnlyList<Variant> variants, TestExamples faces) => new("study", Recipe, faces, variants, [], [], []) { Catalog = CommandLineFixture.Catalog };
}
