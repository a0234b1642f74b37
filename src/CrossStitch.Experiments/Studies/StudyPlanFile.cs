using System.Text.Json;
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
        return path is null ? null
            : catalog.Json.Load<JsonNode>(path, "study's plan") is JsonObject json && json["version"] is null ? ReadVersion1(path, json, catalog)
            : catalog.Json.Load<StudyPlanFile>(path, "study's plan") is { Version: CurrentVersion } plan ? Checked(path, plan)
            : throw new CrossStitchException($"{path}: a study of a later version of CrossStitch; use that version.");
    }

    private static StudyPlanFile ReadVersion1(string path, JsonObject json, Catalog catalog)
    {
        try
        {
            var recipe = json["recipe"] is JsonObject old ? catalog.Json.Upgrade(WithAllTasks(old), path).Deserialize<Recipe>(catalog.Json.Indented) : null;
            var runs = json["runs"].Deserialize<IReadOnlyList<Run>>(catalog.Json.Indented) ?? [];
            var variants = runs.GroupBy(run => run.Variant).Select(group => Variant.OfVersion1(
                group.Key, group.Select(run => new RunFolder(Path.Combine(Path.GetDirectoryName(path)!, run.Folder), catalog)).FirstOrDefault(run => run.IsBegun)?.LoadRecipe()));
            return Checked(path, new StudyPlanFile(1, recipe, [.. variants], runs, json["questions"].Deserialize<IReadOnlyList<Question>>(catalog.Json.Indented) ?? []));
        }
        catch (JsonException error)
        {
            throw new CrossStitchException($"{path}: not a study's plan: {JsonText.Problem(error, catalog).Problem}.", error);
        }
    }

    /// <summary>A run's folder lies in the study's, whatever a file says.</summary>
    private static StudyPlanFile Checked(string path, StudyPlanFile plan)
    {
        var wrong = plan.Runs.FirstOrDefault(run => run is null || run.Folder.Length == 0 || run.Folder != Path.GetFileName(run.Folder) || run.Folder is "." or ".." || plan.Variants.All(variant => variant?.Name != run.Variant));
        return wrong is null && plan.Runs.All(run => run is not null) ? plan : throw new CrossStitchException($"{path}: not a study's plan: its run '{wrong?.Folder}' is of no variant, or lies outside the study's folder; restore the file.");
    }

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
}
