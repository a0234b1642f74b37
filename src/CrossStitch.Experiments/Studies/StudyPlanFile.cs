using System.Text.Json.Nodes;
using CrossStitch.Experiments.Catalogs;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Runs;

namespace CrossStitch.Experiments.Studies;

/// <summary>The plan of a study as its folder keeps it.</summary>
/// <param name="Version">The version of the form.</param>
/// <param name="Recipe">What all runs have in common; null in some files of version 1.</param>
/// <param name="Variants">The variants.</param>
/// <param name="Runs">The runs; their recipes lie in their folders.</param>
/// <param name="Questions">The questions.</param>
internal sealed record StudyPlanFile(int Version, Recipe? Recipe, IReadOnlyList<Variant> Variants, IReadOnlyList<StudyPlanFile.Run> Runs, IReadOnlyList<Question> Questions)
{
    /// <summary>The file's name.</summary>
    public const string Name = "study.json";

    /// <summary>The name that version 1 had for the file of a comparison.</summary>
    public const string ComparisonName = "comparison.json";

    private const int CurrentVersion = 2;

    /// <summary>The plan's file for runs as they are done, with what an earlier plan of the folder had and this one has not.</summary>
    public static StudyPlanFile Of(StudyPlan plan, IReadOnlyList<PlannedRun> runs, StudyPlanFile? earlier) => new(
        CurrentVersion,
        plan.Recipe,
        [.. plan.Variants.Concat(earlier?.Variants ?? []).DistinctBy(variant => variant.Name)],
        [.. runs.Select(run => new Run(run.Variant.Name, run.Recipe.Seed, run.FolderName)).Concat(earlier?.Runs ?? []).DistinctBy(run => run.Folder)],
        [.. plan.Questions.Concat(earlier?.Questions ?? []).DistinctBy(question => question.Id)]);

    /// <summary>Reads the plan of a folder, of any version.</summary>
    /// <returns>Null if there is none.</returns>
    /// <exception cref="CrossStitchException">The file is damaged.</exception>
    public static StudyPlanFile? Find(string folder, Catalog catalog)
    {
        var path = new[] { Name, ComparisonName }.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
        return path is null ? null : catalog.Json.Load(path, "study's plan", json => OfVersion1(path, json, catalog), plan => plan.Check(path, catalog));
    }

    /// <summary>Checks the plan, one that was read and one that is to be written.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="catalog">What its recipe names.</param>
    /// <exception cref="CrossStitchException">A name or an amount is wrong, or it is of a later version.</exception>
    public void Check(string path, Catalog catalog)
    {
        if (Version is < 1 or > CurrentVersion)
        {
            throw new CrossStitchException($"{path}: a study of a later version of CrossStitch; use that version.");
        }

        if (RecordCheck.Problem(this) is { } problem)
        {
            throw new CrossStitchException($"{path}: not a study's plan: {problem}.");
        }

        try
        {
            Recipe?.Validate(catalog);
        }
        catch (CrossStitchException error) when (error.Setting is { } setting)
        {
            throw new CrossStitchException(error.Message, error) { Setting = $"recipe.{setting}" };
        }
    }

    private static StudyPlanFile OfVersion1(string path, JsonObject json, Catalog catalog)
    {
        var old = catalog.Json.Convert<FirstForm>(
            new JsonObject { ["runs"] = json["runs"]?.DeepClone() ?? new JsonArray(), ["questions"] = json["questions"]?.DeepClone() ?? new JsonArray() }.ToJsonString(), path, "study's plan");
        return new StudyPlanFile(
            1,
            json["recipe"] is JsonObject recipe ? catalog.Json.Convert<Recipe>(catalog.Json.Upgrade(WithAllTasks(recipe), path).ToJsonString(), path, "study's plan") : null,
            [.. old.Runs.GroupBy(run => run.Variant).Select(group => Variant.OfVersion1(group.Key, FirstRecipe(group.Select(run => new RunFolder(Path.Combine(Path.GetDirectoryName(path)!, run.Folder), catalog)))))],
            old.Runs,
            old.Questions);
    }

    /// <summary>The recipe of the first run whose is whole; null if none is.</summary>
    private static Recipe? FirstRecipe(IEnumerable<RunFolder> runs) => runs.Select(run => run.TryRecipe()).FirstOrDefault(recipe => recipe is not null);

    /// <summary>Version 1 kept the first run's recipe, which has the tasks of that run's network alone.</summary>
    private static JsonObject WithAllTasks(JsonObject recipe)
    {
        var all = (JsonObject)recipe.DeepClone();
        all.Remove("network");
        all.Remove("auxiliary");
        return all;
    }

    /// <summary>A run.</summary>
    /// <param name="Variant">What it is a run of.</param>
    /// <param name="Seed">Its seed.</param>
    /// <param name="Folder">Its folder in the study's.</param>
    internal sealed record Run(string Variant, long Seed, string Folder);

    /// <summary>What of version 1 is as it is now.</summary>
    private sealed record FirstForm(IReadOnlyList<Run> Runs, IReadOnlyList<Question> Questions);
}
