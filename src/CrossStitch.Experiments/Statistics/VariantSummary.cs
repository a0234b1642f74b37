using System.Text.Json.Serialization;
using CrossStitch.Experiments.Comparison;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Faces;
using CrossStitch.Faces.Training.Crops;
using CrossStitch.Faces.Training.Metrics;

namespace CrossStitch.Experiments.Statistics;

/// <summary>One line of the table of networks: the test results of a network, averaged over its seeds.</summary>
/// <param name="Variant">The network and its auxiliary tasks, such as <c>split-all</c>.</param>
/// <param name="Network">The network.</param>
/// <param name="Auxiliary">Its auxiliary tasks.</param>
/// <param name="Seeds">How many seeds it was trained with.</param>
/// <param name="MeanError">A face's error, averaged over its landmarks, in box widths.</param>
/// <param name="FailureRate">Share of faces whose averaged error is above 5 % of the box width.</param>
/// <param name="LandmarkErrors">Mean error of each landmark, in box widths, in the order of <see cref="Landmark"/>.</param>
/// <param name="LandmarkFailures">Share of faces on which each landmark's error is above 5 % of the box width.</param>
/// <param name="InterOcularError">Mean error in inter-ocular distances; null if no face has one.</param>
/// <param name="InterOcularFailureRate">Share of faces above 10 % of the inter-ocular distance; null if no face has one.</param>
/// <param name="Accuracies">Share of faces predicted right, of each auxiliary task by name.</param>
/// <param name="Parameters">How many numbers it learns.</param>
/// <param name="TrainingSeconds">Time spent in epochs, averaged over seeds. It depends on the machine, so no result file holds it.</param>
/// <param name="AgainstBaseline">Its mean error compared with the single-task baseline's; null for the baseline itself, for variants that only answer a question, and without a common seed.</param>
/// <param name="BalancedAccuracies">Balanced accuracy (the mean over classes of the share predicted right), of each auxiliary task by name.</param>
/// <param name="FailuresAgainstBaseline">Its failure rate compared with the baseline's; null where <paramref name="AgainstBaseline"/> is.</param>
public sealed record VariantSummary(
    string Variant,
    NetworkKind Network,
    IReadOnlyList<AuxiliaryTask> Auxiliary,
    int Seeds,
    Estimate MeanError,
    Estimate FailureRate,
    IReadOnlyList<Estimate> LandmarkErrors,
    IReadOnlyList<Estimate> LandmarkFailures,
    Estimate? InterOcularError,
    Estimate? InterOcularFailureRate,
    IReadOnlyDictionary<string, Estimate> Accuracies,
    long Parameters,
    [property: JsonIgnore] double TrainingSeconds,
    PairedComparison? AgainstBaseline,
    IReadOnlyDictionary<string, Estimate> BalancedAccuracies,
    PairedComparison? FailuresAgainstBaseline)
{
    /// <summary>Averages the runs of a variant, not yet compared with anything.</summary>
    /// <param name="faces">The test faces.</param>
    /// <param name="runs">The runs, one a seed, at least one.</param>
    /// <exception cref="ArgumentException">A run's predictions are not for these faces.</exception>
    internal static VariantSummary Of(FaceCropSet faces, IReadOnlyList<StudyRun> runs)
    {
        var tests = runs.Select(run => FaceEvaluation.Measure(faces.Faces, run.Predictions).Overall).ToList();
        var landmarks = tests.Select(test => test.Landmarks!).ToList();
        Estimate Overall(Func<LandmarkError, double> measure) => Estimate.Of([.. landmarks.Select(landmark => measure(landmark.Overall))]);
        Estimate[] Each(Func<LandmarkError, double> measure) =>
            [.. Enumerable.Range(0, FaceLandmarks.Count).Select(i => Estimate.Of([.. landmarks.Select(landmark => measure(landmark.Landmarks[i]))]))];
        var hasScale = landmarks[0].InterOcularFaces > 0;
        return new VariantSummary(
            runs[0].Variant,
            runs[0].Recipe.Network,
            runs[0].Recipe.UsedAuxiliary(),
            runs.Count,
            Overall(error => error.MeanError),
            Overall(error => error.FailureRate),
            Each(error => error.MeanError),
            Each(error => error.FailureRate),
            hasScale ? Overall(error => error.InterOcularError!.Value) : null,
            hasScale ? Overall(error => error.InterOcularFailureRate!.Value) : null,
            Tasks(tests, task => task.Accuracy),
            runs[0].Result.Parameters,
            runs.Average(run => run.Result.TrainingSeconds),
            null,
            Tasks(tests, task => task.BalancedAccuracy),
            null);
    }

    private static Dictionary<string, Estimate> Tasks(List<FaceGroupEvaluation> tests, Func<AttributeEvaluation, double> measure) =>
        FaceTasks.AllAuxiliary
            .Where(task => FaceTasks.EvaluationOf(task, tests[0]) is not null)
            .ToDictionary(FaceTasks.Name, task => Estimate.Of([.. tests.Select(test => measure(FaceTasks.EvaluationOf(task, test)!))]));
}
