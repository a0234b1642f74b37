using CrossStitch.Experiments.Catalogs;
using CrossStitch.Experiments.Data;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Runs;
using CrossStitch.Experiments.Scores;
using CrossStitch.Tasks;

namespace CrossStitch.Experiments.Studies;

/// <summary>A study as it lies in its folder, finished or under way.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="Recipe">What all runs have in common.</param>
/// <param name="Examples">The test examples that all runs were measured on.</param>
/// <param name="Variants">The variants of the plan.</param>
/// <param name="Runs">The finished runs, in the plan's order.</param>
/// <param name="Failures">The runs that failed when they were last tried.</param>
/// <param name="Questions">What it asks beside the main comparison.</param>
public sealed record Study(
    string Folder,
    Recipe Recipe,
    TestExamples Examples,
    IReadOnlyList<Variant> Variants,
    IReadOnlyList<StudyRun> Runs,
    IReadOnlyList<StudyFailure> Failures,
    IReadOnlyList<Question> Questions)
{
    /// <summary>What recipes name.</summary>
    public required Catalog Catalog { get; init; }

    /// <summary>How many seeds each network has by the plan, whether or not their runs have finished.</summary>
    public int Seeds { get; init; }

    /// <summary>How many runs the plan has.</summary>
    public int Planned { get; init; }

    /// <summary>How its examples are measured and spoken of.</summary>
    public Domain Domain { get; } = Recipe.Data.Domain();

    /// <summary>The tasks of the data.</summary>
    public IReadOnlyList<LearningTask> Tasks { get; } = Recipe.Data.Tasks();

    /// <summary>What is measured; the first is the main measure.</summary>
    public IReadOnlyList<Measure> Measures { get; } = Recipe.Data.Domain().Measures(Recipe.Data.Tasks());

    /// <summary>The variant that the others are compared with; null without one.</summary>
    public Variant? Baseline => Variants.FirstOrDefault(variant => Catalog.Networks.Find(variant.Network) is { LearnsAuxiliary: false });

    /// <summary>Reads a study.</summary>
    /// <param name="folder">A folder that <see cref="StudyRunner"/> wrote.</param>
    /// <param name="catalog">What its recipes name.</param>
    /// <exception cref="CrossStitchException">It is no study's, or a file in it is missing or damaged.</exception>
    public static Study Load(string folder, Catalog catalog)
    {
        var plan = StudyPlanFile.Find(folder, catalog)
            ?? throw new CrossStitchException($"{folder}: not the folder of a study (it has no {StudyPlanFile.Name}); name a folder that 'crossstitch compare' or 'crossstitch reproduce' wrote.");
        var folders = plan.Runs.Select(run => (Planned: run, Folder: new RunFolder(Path.Combine(folder, run.Folder), catalog))).ToList();
        var recipe = plan.Recipe ?? folders.FirstOrDefault(run => run.Folder.IsBegun).Folder?.LoadRecipe()
            ?? throw new CrossStitchException($"{folder}: this study has no run yet; go on with the command that began it.");
        var source = new TestSource(folder, recipe);
        var variants = plan.Variants.ToDictionary(variant => variant.Name);
        var runs = new List<StudyRun>();
        var failures = new List<StudyFailure>();
        foreach (var (planned, run) in folders)
        {
            if (run.IsFinished)
            {
                runs.Add(Read(variants[planned.Variant], planned.Folder, run, source));
            }
            else if (run.Failure is { } reason)
            {
                failures.Add(new StudyFailure(planned.Variant, planned.Seed, reason));
            }
        }

        return new Study(folder, recipe, source.Examples, plan.Variants, runs, failures, plan.Questions)
        {
            Catalog = catalog,
            Seeds = plan.Runs.Select(run => run.Seed).Distinct().Count(),
            Planned = plan.Runs.Count,
        };
    }

    private static StudyRun Read(Variant variant, string name, RunFolder run, TestSource source)
    {
        var (recipe, predictions) = (run.LoadRecipe(), run.LoadPredictions());
        if (predictions.Outputs(source.Tasks, source.Examples.Count) is not { } outputs || recipe.Tasks().Any(task => !outputs.ContainsKey(task.Task)))
        {
            throw new CrossStitchException($"{run.PredictionsPath}: damaged, or not of the study's {source.Examples.Count} test {source.Domain.Example}s; delete {run.FullPath} and run the study again.");
        }

        var scores = File.Exists(run.ScoresPath) ? ScoreTable.Load(run.ScoresPath) : ScoreTable.Of(source.Domain.Measures(source.Tasks), outputs, source.Labels);
        var result = run.LoadResult();
        if (variant.Network != recipe.Network)
        {
            throw new CrossStitchException($"{run.RecipePath}: is of the network {recipe.Network}, and the study has {variant.Network} there; restore it, or delete {run.FullPath} and run the study again.");
        }

        if (scores.Count == source.Examples.Count && result.Test is { } test && source.Domain.Measures(source.Tasks).Any(measure => Differs(measure, test.Overall, scores, source.Examples)))
        {
            throw new CrossStitchException($"{run.ScoresPath}: with {TestExamples.FileName} it does not give the results in {RunFolder.ResultName}: one of them was changed. Delete {RunFolder.ScoresName} to measure the run's predictions again, or restore the files.");
        }

        return scores.Count == source.Examples.Count
            ? new StudyRun(variant, name, recipe, result, run.LoadMetrics(), predictions, scores)
            : throw new CrossStitchException($"{run.ScoresPath}: has {scores.Count} rows, and the study {source.Examples.Count} test {source.Domain.Example}s; delete it to measure the run's predictions again.");
    }

    private static bool Differs(Measure measure, GroupEvaluation known, ScoreTable scores, TestExamples examples) =>
        known.Measures.TryGetValue(measure.Name, out var value)
        && !(scores.Has(measure.Column) && Math.Abs(measure.Over(scores, examples) - value) <= 1e-9 * (1 + Math.Abs(value)));
}
