using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Runs;
using CrossStitch.Faces;
using CrossStitch.Faces.Training.Metrics;

namespace CrossStitch.Experiments.Comparison;

/// <summary>A line of a comparison: a network with its auxiliary tasks, averaged over its seeds' test results.</summary>
/// <param name="Variant">The network and its auxiliary tasks, such as <c>split-all</c>.</param>
/// <param name="Network">The network.</param>
/// <param name="Runs">How many seeds were averaged.</param>
/// <param name="Overall">Errors averaged over landmarks.</param>
/// <param name="Landmarks">Errors of each landmark.</param>
/// <param name="Accuracies">Accuracy of each auxiliary task that it has, by name.</param>
/// <param name="BalancedAccuracies">Balanced accuracy of each auxiliary task that it has, by name.</param>
/// <param name="Difference">Overall less the baseline's of the same seeds; null without a baseline, and for the baseline.</param>
/// <param name="TrainingSeconds">Time spent in epochs, averaged.</param>
/// <param name="Boxes">How many of the test faces have a box of each source: boxes from the true landmarks flatter the errors.</param>
public sealed record ComparisonRow(
    string Variant,
    NetworkKind Network,
    int Runs,
    LandmarkError Overall,
    IReadOnlyList<LandmarkError> Landmarks,
    IReadOnlyDictionary<string, double> Accuracies,
    IReadOnlyDictionary<string, double> BalancedAccuracies,
    LandmarkError? Difference,
    double TrainingSeconds,
    IReadOnlyDictionary<BoxSource, int> Boxes)
{
    /// <summary>Averages runs into lines, in the order in which the variants first come.</summary>
    /// <param name="runs">Finished runs that were measured on test faces.</param>
    public static IReadOnlyList<ComparisonRow> Of(IReadOnlyList<(PlannedRun Run, RunResult Result)> runs)
    {
        var baseline = runs.Where(run => run.Result.Network == NetworkKind.Single).ToDictionary(run => run.Result.Seed, run => ErrorOf(run.Result));
        return [.. runs.GroupBy(run => run.Run.Variant).Select(group => Average(group.Key, [.. group.Select(run => run.Result)], baseline))];
    }

    private static ComparisonRow Average(string variant, IReadOnlyList<RunResult> results, Dictionary<long, LandmarkError> baseline)
    {
        var groups = results.Select(result => result.Test!.Overall).ToList();
        var paired = results[0].Network == NetworkKind.Single ? [] : results.Where(result => baseline.ContainsKey(result.Seed)).ToList();
        return new ComparisonRow(
            variant,
            results[0].Network,
            results.Count,
            Average([.. groups.Select(group => group.Landmarks!.Overall)]),
            [.. groups[0].Landmarks!.Landmarks.Select((_, point) => Average([.. groups.Select(group => group.Landmarks!.Landmarks[point])]))],
            AverageTasks(groups, task => task.Accuracy),
            AverageTasks(groups, task => task.BalancedAccuracy),
            paired.Count == 0 ? null : Average([.. paired.Select(result => Less(ErrorOf(result), baseline[result.Seed]))]),
            results.Average(result => result.TrainingSeconds),
            results[0].Test!.BySource.ToDictionary(source => source.Key, source => source.Value.Faces));
    }

    private static LandmarkError ErrorOf(RunResult result) => result.Test!.Overall.Landmarks!.Overall;

    private static LandmarkError Less(LandmarkError one, LandmarkError other) => new(
        one.MeanError - other.MeanError,
        one.FailureRate - other.FailureRate,
        one.InterOcularError - other.InterOcularError,
        one.InterOcularFailureRate - other.InterOcularFailureRate);

    private static LandmarkError Average(IReadOnlyList<LandmarkError> errors) => new(
        errors.Average(error => error.MeanError),
        errors.Average(error => error.FailureRate),
        errors.Average(error => error.InterOcularError),
        errors.Average(error => error.InterOcularFailureRate));

    private static Dictionary<string, double> AverageTasks(List<FaceGroupEvaluation> groups, Func<AttributeEvaluation, double> measure) =>
        FaceTasks.AllAuxiliary
            .Select(task => (Name: FaceTasks.Name(task), Values: groups.Select(group => FaceTasks.EvaluationOf(task, group)).OfType<AttributeEvaluation>().ToList()))
            .Where(task => task.Values.Count > 0)
            .ToDictionary(task => task.Name, task => task.Values.Average(measure));
}
