using System.Text.Json;
using System.Text.Json.Nodes;
using CrossStitch.Experiments.Catalogs;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Scores;
using CrossStitch.Training;

namespace CrossStitch.Experiments.Runs;

/// <summary>What a run leaves on disk. Every file is written whole or not at all, and outlives a power cut but for TensorBoard's.</summary>
/// <param name="path">The folder; created when first written to.</param>
/// <param name="catalog">What its recipe names.</param>
public sealed class RunFolder(string path, Catalog catalog)
{
    internal const string ResultName = "result.json";

    internal const string ScoresName = "scores.csv";

    /// <summary>What its recipe names.</summary>
    public Catalog Catalog => catalog;

    /// <summary>The folder.</summary>
    public string FullPath { get; } = string.IsNullOrWhiteSpace(path) ? throw new CrossStitchException("The folder of the run has no name.") : Path.GetFullPath(path);

    /// <summary>The recipe, with versions: everything needed to repeat the run.</summary>
    public string RecipePath => Path.Combine(FullPath, "recipe.json");

    /// <summary>An <see cref="EpochReport"/> a line.</summary>
    public string MetricsPath => Path.Combine(FullPath, "metrics.jsonl");

    /// <summary>The <see cref="RunResult"/>; there once the run has ended.</summary>
    public string ResultPath => Path.Combine(FullPath, ResultName);

    /// <summary>What the trained network predicts for the test examples; there once the run has ended, if there were any.</summary>
    public string PredictionsPath => Path.Combine(FullPath, "predictions.json");

    /// <summary>Where to go on after a stop.</summary>
    public string LastCheckpointPath => Path.Combine(FullPath, "checkpoints", "last.ckpt");

    /// <summary>The weights that the run ended with.</summary>
    public string FinalCheckpointPath => Path.Combine(FullPath, "checkpoints", "final.ckpt");

    /// <summary>What the predictions measure, an example a row; there once the run has ended, if there were test examples.</summary>
    public string ScoresPath => Path.Combine(FullPath, ScoresName);

    /// <summary>TensorBoard's event files.</summary>
    public string TensorBoardPath => Path.Combine(FullPath, "tensorboard");

    /// <summary>Whether a run was begun here.</summary>
    public bool IsBegun => File.Exists(RecipePath);

    /// <summary>Whether a run was begun here that would lose an epoch if it were begun again.</summary>
    public bool HasEpochs => IsBegun && (IsFinished || File.Exists(LastCheckpointPath));

    /// <summary>Whether a run has ended here.</summary>
    public bool IsFinished => File.Exists(ResultPath);

    /// <summary>Opens the folder of a run that was begun.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="catalog">What its recipe names.</param>
    /// <exception cref="CrossStitchException">There is none.</exception>
    public static RunFolder OpenExisting(string path, Catalog catalog)
    {
        var folder = new RunFolder(path, catalog);
        if (folder.IsBegun)
        {
            return folder;
        }

        try
        {
            _ = Directory.Exists(folder.FullPath) && Directory.EnumerateFileSystemEntries(folder.FullPath).Any();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CrossStitchException($"{path}: cannot be read: {FileProblem.Reason(error)}.", error);
        }

        throw new CrossStitchException($"{path}: not the folder of a run (it has no recipe.json); name a folder that 'crossstitch train' or 'crossstitch compare' wrote.");
    }

    /// <summary>Refuses a run that has not ended.</summary>
    /// <exception cref="CrossStitchException">It has not; the message says how to end it.</exception>
    public void RequireFinished()
    {
        if (!IsFinished)
        {
            throw new CrossStitchException($"{FullPath}: this run has not ended; finish it with 'crossstitch train --resume {FullPath}'.");
        }
    }

    /// <summary>Why the run failed when it was last tried, in a line; null if it did not.</summary>
    public string? Failure => File.Exists(FailurePath) ? File.ReadLines(FailurePath).FirstOrDefault("") : null;

    private string FailurePath => Path.Combine(FullPath, "failure.txt");

    /// <summary>The recipe.</summary>
    public Recipe LoadRecipe() => catalog.Json.LoadRecipe(RecipePath);

    /// <summary>The result, of any version.</summary>
    public RunResult LoadResult()
    {
        var json = catalog.Json.Load<JsonNode>(ResultPath, "result");
        if (json is JsonObject old && old["version"] is null)
        {
            // Version 1 had the measures of one data source here; they follow from the predictions.
            foreach (var name in (string[])["network", "auxiliary", "test", "validation"])
            {
                old.Remove(name);
            }

            old["version"] = 1;
            (old["test"], old["validation"]) = (null, null);
            return catalog.Json.Convert<RunResult>(old, ResultPath, "result");
        }

        return catalog.Json.Load<RunResult>(ResultPath, "result");
    }

    /// <summary>The epochs so far.</summary>
    public IReadOnlyList<EpochReport> LoadMetrics() => File.Exists(MetricsPath) ? catalog.Json.LoadLines<EpochReport>(MetricsPath, "line of metrics") : [];

    /// <summary>What the trained network predicts for the test examples.</summary>
    public Predictions LoadPredictions() => new(catalog.Json.Load<Dictionary<string, float[]?>>(PredictionsPath, "set of predictions")
        .Where(task => task.Value is not null).ToDictionary(task => task.Key, task => task.Value!));

    /// <summary>Refuses a folder in which a run would overwrite files that no run wrote.</summary>
    /// <exception cref="CrossStitchException">There is such a file; the message names it.</exception>
    internal void RefuseForeignFiles()
    {
        var foreign = !IsBegun ? new[] { MetricsPath, PredictionsPath, ScoresPath, ResultPath }.FirstOrDefault(File.Exists)
            : !HasEpochs && LoadRecipe().Versions.Count == 0 ? RecipePath
            : null;
        if (foreign is not null)
        {
            throw new CrossStitchException($"{foreign}: no run of CrossStitch wrote this file, and a run would overwrite it; choose another folder with --out.");
        }
    }

    internal void SaveFailure(string reason)
    {
        AtomicFile.CreateFolder(FullPath);
        AtomicFile.WriteAllText(FailurePath, reason + "\n");
    }

    /// <summary>Deletes what a run writes, and the folder if nothing else is in it. A folder that is a link stays.</summary>
    internal void Delete()
    {
        IReadOnlyList<string> own = IsBegun ? [.. LoadRecipe().Data.Domain().RunFiles.Select(name => Path.Combine(FullPath, name))] : [];
        foreach (var file in own.Concat([RecipePath, MetricsPath, ResultPath, PredictionsPath, ScoresPath, FailurePath, LastCheckpointPath, FinalCheckpointPath, Path.Combine(FullPath, FolderLock.Name)]))
        {
            FolderCleaning.DeleteFile(file);
        }

        FolderCleaning.DeleteFiles(FullPath, ClaimFile.Name + "*");
        FolderCleaning.DeleteFiles(TensorBoardPath, "events.out.tfevents.*");
        FolderCleaning.DeleteIfEmpty(TensorBoardPath);
        FolderCleaning.DeleteIfEmpty(Path.GetDirectoryName(LastCheckpointPath)!);
        FolderCleaning.DeleteIfEmpty(FullPath);
    }

    /// <summary>Whether the process that ended the run was killed before it had cleaned up.</summary>
    internal bool HasLeftovers => File.Exists(LastCheckpointPath) || Directory.EnumerateFiles(FullPath, ClaimFile.Name + "*").Any();

    /// <summary>Removes what a run that has ended does not need any more; the caller has the claim.</summary>
    internal void RemoveLeftovers()
    {
        File.Delete(LastCheckpointPath);
        AtomicFile.RemoveLeftovers(FullPath);
        AtomicFile.RemoveLeftovers(Path.GetDirectoryName(LastCheckpointPath)!);
    }

    internal void ClearFailure() => File.Delete(FailurePath);

    internal void SaveMeasured(Measured measured)
    {
        AtomicFile.WriteAllText(PredictionsPath, JsonSerializer.Serialize(measured.Predictions.Tasks, catalog.Json.Line) + "\n");
        measured.Scores.Save(ScoresPath);
    }

    internal void SaveRecipe(Recipe recipe)
    {
        AtomicFile.CreateFolder(Path.GetDirectoryName(LastCheckpointPath)!);
        catalog.Json.Save(RecipePath, recipe);
    }

    internal void SaveMetrics(IEnumerable<EpochReport> epochs) => AtomicFile.WriteAllText(
        MetricsPath, string.Concat(epochs.Select(epoch => JsonSerializer.Serialize(epoch, catalog.Json.Line) + "\n")));

    internal void SaveResult(RunResult result) => catalog.Json.Save(ResultPath, result);
}
