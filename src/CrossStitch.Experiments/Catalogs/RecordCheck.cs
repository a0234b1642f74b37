using CrossStitch.Experiments.Runs;
using CrossStitch.Experiments.Scores;
using CrossStitch.Experiments.Studies;
using CrossStitch.Training;

namespace CrossStitch.Experiments.Catalogs;

/// <summary>What must hold of the records that files of runs and studies have, beside their types; of recipes see <see cref="Recipes.RecipeCheck"/>.</summary>
internal static class RecordCheck
{
    /// <summary>The longest time that anything takes, in seconds: about 300 years.</summary>
    private const double MostSeconds = 1e10;

    /// <summary>Says what does not hold.</summary>
    /// <param name="record">Any record.</param>
    /// <returns>A phrase without a full stop; null if all holds, or nothing is asked of such a record.</returns>
    public static string? Problem(object record) => record switch
    {
        EpochReport epoch => Of(epoch),
        StitchSummary unit => Of(unit),
        RelationSummary relation => Of(relation),
        RunResult result => Of(result),
        Evaluation evaluation => Of(evaluation),
        GroupEvaluation group => Of(group),
        Question question => Of(question),
        Variant variant => Name(variant.Name, "variant"),
        StudyPlanFile.Run run => Name(run.Variant, "variant") ?? Name(run.Folder, "run's folder"),
        StudyPlanFile plan => Of(plan),
        _ => null,
    };

    private static string? Of(EpochReport epoch) =>
        !(epoch.Epoch is >= 1 and <= TrainingOptions.MostEpochs) ? $"the epoch is {epoch.Epoch}; it is from 1 to {TrainingOptions.MostEpochs}"
        : !(epoch.Seconds is >= 0 and <= MostSeconds) || !(epoch.ExamplesPerSecond >= 0) ? "its time is no time"
        : !epoch.TaskLosses.Values.Append(epoch.LearningRate).Append(epoch.Loss).Append(epoch.Penalty).All(double.IsFinite) ? "a loss or the learning rate is no finite number"
        : null;

    private static string? Of(StitchSummary unit) =>
        unit.Mean.Count == 0 || unit.Mean.Any(row => row.Count != unit.Mean.Count) ? "its means are no square"
        : !unit.Mean.SelectMany(row => row).Append(unit.Lowest).Append(unit.Highest).All(double.IsFinite) ? "an α is no finite number"
        : null;

    private static string? Of(RelationSummary relation) =>
        relation.Pair < 0 ? $"the pair of towers is {relation.Pair}; it is from 0"
        : !double.IsFinite(relation.Scale) || !double.IsFinite(relation.Shift) || !double.IsFinite(relation.SquaredDistance) ? "a, b or the distance is no finite number"
        : null;

    private static string? Of(RunResult result) =>
        result.Version is < 1 or > RunResult.CurrentVersion ? $"it is of version {result.Version}; this program reads versions up to {RunResult.CurrentVersion}"
        : result.Parameters < 1 ? $"it has {result.Parameters} parameters; there is at least one"
        : result.Epochs is < 1 or > TrainingOptions.MostEpochs || result.KeptEpoch < 1 || result.KeptEpoch > result.Epochs ? $"it kept epoch {result.KeptEpoch} of {result.Epochs}, which cannot be"
        : !(result.TrainingSeconds is >= 0 and <= MostSeconds) ? "its time is no time"
        : null;

    private static string? Of(Evaluation evaluation) =>
        evaluation.SeenInTraining < 0 || evaluation.Confusion.Values.Any(table => table.Any(row => row.Count != table.Count || row.Any(count => count < 0))) ? "a count is negative, or a confusion table is no square"
        : null;

    private static string? Of(GroupEvaluation group) =>
        group.Examples < 0 ? $"there are {group.Examples} examples"
        : group.Measures.FirstOrDefault(measure => !double.IsFinite(measure.Value)) is { Key: { } name } ? $"{name} is no finite number"
        : null;

    private static string? Of(Question question) =>
        Name(question.Id, "question")
        ?? (question.Variants.Count == 0 ? $"the question '{question.Id}' compares no variant"
            : question.Variants.Distinct().Count() < question.Variants.Count ? $"the question '{question.Id}' names a variant twice"
            : null);

    private static string? Of(StudyPlanFile plan)
    {
        var names = plan.Variants.Select(variant => variant.Name).ToHashSet();
        return
            plan.Variants.Count > StudyPlan.MostVariants || plan.Questions.Count > StudyPlan.MostQuestions || plan.Runs.Count > StudyPlan.MostVariants * StudyPlan.MostSeeds
                ? $"it has {plan.Variants.Count} variants, {plan.Questions.Count} questions and {plan.Runs.Count} runs; the most are {StudyPlan.MostVariants}, {StudyPlan.MostQuestions}, and {StudyPlan.MostSeeds} runs a variant"
            : names.Count < plan.Variants.Count ? "two of its variants have one name"
            : plan.Questions.DistinctBy(question => question.Id).Count() < plan.Questions.Count ? "two of its questions have one name"
            : plan.Runs.DistinctBy(run => run.Folder, StringComparer.OrdinalIgnoreCase).Count() < plan.Runs.Count ? "two of its runs have one folder"
            : plan.Runs.DistinctBy(run => (run.Variant, run.Seed)).Count() < plan.Runs.Count ? "two of its runs are of one variant and one seed"
            : plan.Runs.FirstOrDefault(run => !names.Contains(run.Variant)) is { } stray ? $"its run '{stray.Folder}' is of no variant"
            : plan.Questions.FirstOrDefault(question => !question.Variants.All(names.Contains)) is { } lost ? $"its question '{lost.Id}' names a variant that is not there"
            : plan.Variants.Concat<object>(plan.Questions).Concat(plan.Runs).Select(Problem).FirstOrDefault(problem => problem is not null);
    }

    private static string? Name(string name, string what) => RecordName.Is(name) ? null : $"'{name}' is no name of a {what}: it has {RecordName.Rule}";
}
