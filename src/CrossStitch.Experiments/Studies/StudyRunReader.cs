using CrossStitch.Experiments.Catalogs;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Runs;
using CrossStitch.Experiments.Scores;
using CrossStitch.Relations;
using CrossStitch.Sharing;
using CrossStitch.Training;

namespace CrossStitch.Experiments.Studies;

/// <summary>Reads the finished runs of a study, and checks that the files of each agree with each other, with the study, and with the variant's other runs.</summary>
/// <param name="source">The study's test examples.</param>
/// <param name="catalog">What recipes name.</param>
internal sealed class StudyRunReader(TestSource source, Catalog catalog)
{
    private readonly Dictionary<string, Recipe> _recipes = [];
    private readonly Dictionary<string, IReadOnlyList<double>> _scores = [];

    /// <summary>Reads a run.</summary>
    /// <param name="variant">What it is a run of.</param>
    /// <param name="planned">The run, as the plan has it.</param>
    /// <param name="folder">Its folder.</param>
    /// <exception cref="CrossStitchException">A file is missing or damaged, or does not agree with another; the message names it.</exception>
    public StudyRun Read(Variant variant, StudyPlanFile.Run planned, RunFolder folder)
    {
        var recipe = folder.LoadRecipe();
        var network = recipe.Describe(catalog);
        RequireOfPlan(variant, planned, folder, recipe);
        var result = folder.LoadResult();
        Require(result.Seed == recipe.Seed && result.Epochs <= recipe.Training.Epochs, folder.ResultPath, $"is of seed {result.Seed} and {result.Epochs} epochs, and the run's recipe of seed {recipe.Seed} and {recipe.Training.Epochs}");
        var parameters = network.Blocks().Sum(block => (long)block.Count);
        Require(result.Parameters == parameters, folder.ResultPath, $"has {result.Parameters} parameters, and the network {parameters}");
        Require(IsOf(network, result.Stitches, result.Relation), folder.ResultPath, "has other towers or stages than the network");
        var predictions = folder.LoadPredictions();
        if (predictions.Outputs(source.Tasks, source.Examples.Count) is not { } outputs || recipe.Tasks().Any(task => !outputs.ContainsKey(task.Task)))
        {
            throw new CrossStitchException($"{folder.PredictionsPath}: damaged, or not of the study's {source.Examples.Count} test {source.Domain.Example}s.");
        }

        var measures = source.Domain.Measures(source.Tasks);
        var scores = File.Exists(folder.ScoresPath) ? ScoreTable.Load(folder.ScoresPath) : ScoreTable.Of(measures, outputs, source.Labels);
        Require(scores.Count == source.Examples.Count, folder.ScoresPath, $"has {scores.Count} rows, and the study {source.Examples.Count} test {source.Domain.Example}s; delete it to measure the run's predictions again");
        var columns = measures.Where(measure => measure.BalancedBy is null && outputs.ContainsKey(measure.Task)).Select(measure => measure.Column).Distinct().ToList();
        Require(columns.All(scores.Has), folder.ScoresPath, $"lacks one of the columns {string.Join(", ", columns)}; delete it to measure the run's predictions again");
        Require(columns.All(column => AppliesAsElsewhere(column, scores[column])), folder.ScoresPath, "has scores for other examples than the scores of the study's other runs");
        if (result.Test is { } test && measures.Any(measure => Differs(measure, test.Overall, scores)))
        {
            throw new CrossStitchException($"{folder.ScoresPath}: with {Data.TestExamples.FileName} it does not give the results in {RunFolder.ResultName}: one of them was changed. Delete {RunFolder.ScoresName} to measure the run's predictions again, or restore the files.");
        }

        _recipes.TryAdd(variant.Name, recipe);
        columns.ForEach(column => _scores.TryAdd(column, scores[column]));
        var epochs = folder.LoadMetrics().Where(epoch => epoch.Epoch <= result.Epochs && IsOf(network, epoch.Stitches, epoch.Relation));
        return new StudyRun(variant, planned.Folder, recipe, result, [.. epochs], predictions, scores);
    }

    /// <summary>Whether what a run learned to share has the towers and stages of its network, as figures take for granted.</summary>
    private static bool IsOf(NetworkDescription network, IReadOnlyList<StitchSummary> stitches, IReadOnlyList<RelationSummary> relation) =>
        stitches.Count == (network.Stitches is null ? 0 : network.Shape.Stages.Count)
        && stitches.All(unit => unit.Mean.Count == network.Groups.Count)
        && relation.Count == (network.Relation is null ? 0 : new WeightRelation(network).Terms);

    private void RequireOfPlan(Variant variant, StudyPlanFile.Run planned, RunFolder folder, Recipe recipe)
    {
        Require(variant.Network == recipe.Network, folder.RecipePath, $"is of the network {recipe.Network}, and the study has {variant.Network} there");
        Require(planned.Seed == recipe.Seed, folder.RecipePath, $"is of seed {recipe.Seed}, and the study has {planned.Seed} there");
        var difference = _recipes.TryGetValue(variant.Name, out var other) ? RecipeDifference.Between(Alike(recipe), Alike(other), catalog) : null;
        Require(difference is null, folder.RecipePath, $"is another recipe than that of the network's other runs ({difference})");
    }

    private static Recipe Alike(Recipe recipe) => recipe with { Seed = 0, Threads = 0 };

    private static void Require(bool holds, string path, string otherwise)
    {
        if (!holds)
        {
            throw new CrossStitchException($"{path}: {otherwise}.");
        }
    }

    /// <summary>Whether a measure applies to an example follows from the example alone.</summary>
    private bool AppliesAsElsewhere(string column, IReadOnlyList<double> values) =>
        !_scores.TryGetValue(column, out var others) || values.Zip(others).All(pair => double.IsNaN(pair.First) == double.IsNaN(pair.Second));

    private bool Differs(Measure measure, GroupEvaluation known, ScoreTable scores) =>
        known.Measures.TryGetValue(measure.Name, out var value)
        && !(scores.Has(measure.Column) && Math.Abs(measure.Over(scores, source.Examples) - value) <= 1e-9 * (1 + Math.Abs(value)));
}
