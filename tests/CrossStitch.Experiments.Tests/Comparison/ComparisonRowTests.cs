using CrossStitch.Experiments.Comparison;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Reports;
using CrossStitch.Experiments.Runs;
using CrossStitch.Faces.Training.Metrics;

namespace CrossStitch.Experiments.Tests.Comparison;

public sealed class ComparisonRowTests
{
    [Fact]
    public void Seeds_are_averaged_and_paired_with_the_baselines()
    {
        var rows = ComparisonRow.Of([
            Finished(NetworkKind.Single, 1, 0.05), Finished(NetworkKind.Split, 1, 0.04, smile: 0.7),
            Finished(NetworkKind.Single, 2, 0.06), Finished(NetworkKind.Split, 2, 0.03, smile: 0.9),
        ]);

        Assert.Equal(["single", "split-all"], rows.Select(row => row.Variant));
        Assert.Equal(0.055, rows[0].Overall.MeanError, 9);
        Assert.Null(rows[0].Difference);
        Assert.Equal(0.035, rows[1].Overall.MeanError, 9);
        Assert.Equal(((0.04 - 0.05) + (0.03 - 0.06)) / 2, rows[1].Difference!.MeanError, 9);
        Assert.Equal(0.8, rows[1].Accuracies["smile"], 9);
        Assert.Empty(rows[0].Accuracies);
        Assert.Equal(2, rows[1].Runs);
    }

    [Fact]
    public void The_table_is_readable_and_says_who_wins()
    {
        var rows = ComparisonRow.Of([Finished(NetworkKind.Single, 1, 0.05), Finished(NetworkKind.Split, 1, 0.04, smile: 0.7)]);
        Assert.Equal(
            """
            | network | left eye | right eye | nose | left mouth | right mouth | overall | vs single | pose | gender | glasses | smile |
            | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
            | single | 5.00 / 25.0 | 5.00 / 25.0 | 5.00 / 25.0 | 5.00 / 25.0 | 5.00 / 25.0 | 5.00 / 25.0 |  |  |  |  |  |
            | split-all | 4.00 / 25.0 | 4.00 / 25.0 | 4.00 / 25.0 | 4.00 / 25.0 | 4.00 / 25.0 | 4.00 / 25.0 | −1.00 / 0.0 |  |  |  | 70.0 / 70.0 |

            """.ReplaceLineEndings("\n"),
            ComparisonTable.Markdown(rows));
        Assert.Equal("Lowest error: split-all, 4.00 % of the box width, against 5.00 % of the single-task baseline (one seed each, so small differences may be chance).", ComparisonTable.Verdict(rows));
    }

    private static (PlannedRun, RunResult) Finished(NetworkKind network, long seed, double error, double? smile = null)
    {
        var landmark = new LandmarkError(error, 0.25, 3 * error, 0.4);
        var landmarks = new LandmarkEvaluation(8, 8, landmark, [.. Enumerable.Repeat(landmark, 5)], CumulativeErrorCurve.Of([error]), 0.5);
        var told = new Dictionary<string, AttributeEvaluation>();
        if (smile is { } accuracy)
        {
            told["smile"] = new AttributeEvaluation([[1, 0], [0, 1]], accuracy, accuracy);
        }

        var group = new FaceGroupEvaluation(8, landmarks, told);
        var evaluation = new FaceEvaluation(group, new Dictionary<string, FaceGroupEvaluation>(), new Dictionary<Faces.BoxSource, FaceGroupEvaluation>());
        var variant = network == NetworkKind.Single ? "single" : "split-all";
        return (new PlannedRun(variant, new Recipe { Network = network, Seed = seed }), new RunResult(network, [], seed, 1, 1, 1, 10, evaluation, null, [], []));
    }
}
