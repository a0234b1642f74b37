using CrossStitch.Cli.Display;
using CrossStitch.Experiments.Comparison;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Faces;
using CrossStitch.Faces.Training.Annotations;
using CrossStitch.Faces.Training.Metrics;
using Spectre.Console.Testing;

namespace CrossStitch.Cli.Tests.Display;

public sealed class EvaluationDisplayTests
{
    [Theory]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(100)]
    [InlineData(140)]
    public void No_line_is_longer_than_the_terminal_is_wide_and_no_word_or_number_is_broken(int width)
    {
        var evaluation = Evaluation(detected: 5, derived: 995);
        using var console = new TestConsole();
        console.Profile.Width = width;
        EvaluationDisplay.Show(console, evaluation, "test faces");
        Assert.All(console.Lines, line => Assert.InRange(line.TrimEnd().Length, 0, width));
        foreach (var whole in new[] { "corner", "failures", "glasses", "995", "100.0", "predicted", "-60°" })
        {
            Assert.Contains(whole, console.Output, StringComparison.Ordinal);
        }

        Assert.DoesNotContain('…', console.Output);
        Assert.DoesNotContain("told", console.Output, StringComparison.Ordinal);
        if (width >= 80)
        {
            Assert.Single(console.Lines, line => line.TrimStart().StartsWith("faces ", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData(4, 0, null)]
    [InlineData(3, 1, "1 of 4 faces has a box derived from their true landmarks, not a detector's.")]
    [InlineData(1, 3, "3 of 4 faces have a box derived from their true landmarks, not a detector's, which flatters the result")]
    [InlineData(0, 4, "All 4 faces have a box derived from their true landmarks, not a detector's, which flatters the result")]
    public void Boxes_from_the_true_landmarks_are_named_beside_the_figures(int detected, int derived, string? remark)
    {
        var evaluation = Evaluation(detected, derived);
        using var evaluated = new TestConsole();
        evaluated.Profile.Width = 200;
        EvaluationDisplay.Show(evaluated, evaluation, "test faces");
        Assert.Equal(derived > 0, evaluated.Lines.Any(line => line.Contains("box from the true landmarks", StringComparison.Ordinal)));
        Assert.Equal(detected > 0, evaluated.Lines.Any(line => line.Contains("box from a detector", StringComparison.Ordinal)));

        using var compared = new TestConsole();
        compared.Profile.Width = 200;
        var result = new Experiments.Runs.RunResult(NetworkKind.Single, [], 1, 1, 1, 1, 1, evaluation, null, [], []);
        ComparisonDisplay.Show(compared, new ComparisonOutcome(ComparisonRow.Of([(new PlannedRun("single", new Recipe()), result)]), []));
        foreach (var output in new[] { evaluated.Output, compared.Output })
        {
            if (remark is null)
            {
                Assert.DoesNotContain("true landmarks", output, StringComparison.Ordinal);
            }
            else
            {
                Assert.Contains(remark, output, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(140)]
    public void A_comparison_fits_the_terminal(int width)
    {
        var result = new Experiments.Runs.RunResult(NetworkKind.Split, [], 1, 1, 1, 1, 1, Evaluation(4, 0), null, [], []);
        using var console = new TestConsole();
        console.Profile.Width = width;
        ComparisonDisplay.Show(console, new ComparisonOutcome(ComparisonRow.Of([(new PlannedRun("related-cross-stitch-pose+glasses", new Recipe()), result)]), []));
        Assert.All(console.Lines, line => Assert.InRange(line.TrimEnd().Length, 0, width));
        Assert.DoesNotContain('…', console.Output);
        Assert.Contains("related-cross-stitch-pose+glasses", console.Output, StringComparison.Ordinal);
        Assert.Contains("glasses", console.Output, StringComparison.Ordinal);
    }

    private static FaceEvaluation Evaluation(int detected, int derived)
    {
        FaceGroupEvaluation Group(int faces)
        {
            var error = new LandmarkError(0.0512, 1, 0.1634, 1);
            var two = new AttributeEvaluation([[faces, 0], [0, 0]], 1, 1);
            var pose = new AttributeEvaluation([.. Enumerable.Range(0, 5).Select(_ => new[] { faces, 0, 0, 0, 0 })], 1, 1);
            return new FaceGroupEvaluation(faces, new LandmarkEvaluation(faces, faces, error, [error, error, error, error, error], new CumulativeErrorCurve([0.05]), 0.4), FaceAttribute.All.ToDictionary(attribute => attribute.Name, attribute => attribute.Classes.Count == 2 ? two : pose));
        }

        var sources = new Dictionary<BoxSource, FaceGroupEvaluation>();
        foreach (var (source, faces) in new[] { (BoxSource.Detector, detected), (BoxSource.Reference, derived) })
        {
            if (faces > 0)
            {
                sources[source] = Group(faces);
            }
        }

        return new FaceEvaluation(Group(detected + derived), FaceAttribute.Pose.Classes.ToDictionary(pose => pose, _ => Group(10)), sources);
    }
}
