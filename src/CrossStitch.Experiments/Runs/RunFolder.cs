using System.Globalization;
using System.Text.Json;
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

    /// <summary>The most characters of a line of metrics.</summary>
    private const int MostLine = 1_000_000;

    /// <summary>The most characters that are read of the reason of a failure.</summary>
    private const int MostReason = 2000;

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

    /// <summary>Whether a run was begun here that would lose an epoch, or the steps of its first one, if it were begun again.</summary>
    public bool HasEpochs => IsBegun && (IsFinished || File.Exists(LastCheckpointPath) || File.Exists(FinalCheckpointPath));

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
    public string? Failure
    {
        get
        {
            try
            {
                if (!File.Exists(FailurePath))
                {
                    return null;
                }

                using var reader = new StreamReader(FailurePath);
                var text = new char[MostReason];
                return new string(text, 0, reader.ReadBlock(text)).Split('\n')[0].TrimEnd();
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                return $"{FailurePath}: cannot be read: {FileProblem.Reason(error)}.";
            }
        }
    }

    /// <summary>How often the run has failed since it last ended well; 0 where nothing says so.</summary>
    internal int Tries
    {
        get
        {
            try
            {
                return File.Exists(TriesPath) && int.TryParse(BoundedText.Read(TriesPath, "count", BoundedText.Record), NumberStyles.None, CultureInfo.InvariantCulture, out var tries) ? tries : 0;
            }
            catch (CrossStitchException)
            {
                return 0;
            }
        }
    }

    /// <summary>Whether a process of this machine has a claim here, or died with one.</summary>
    internal bool IsClaimLeftHere => ReadClaim() is { IsHere: true };

    /// <summary>Who is at the run, as far as one look tells: whose claim was renewed lately; null if nobody's was.</summary>
    internal ClaimOwner? LiveClaim()
    {
        try
        {
            // For people to read only: who may take a claim over goes by no clock but its own.
            return File.Exists(ClaimPath) && (DateTime.UtcNow - File.GetLastWriteTimeUtc(ClaimPath)).Duration() < ClaimWatch.Patience ? ReadClaim() : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private ClaimOwner? ReadClaim()
    {
        try
        {
            return new ClaimFile(FullPath).Read() is { } text ? ClaimOwner.Parse(text) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private string ClaimPath => Path.Combine(FullPath, ClaimFile.Name);

    private string FailurePath => Path.Combine(FullPath, "failure.txt");

    private string TriesPath => Path.Combine(FullPath, "tries.txt");

    /// <summary>The recipe.</summary>
    /// <exception cref="CrossStitchException">It is missing, damaged, or no recipe; the message says the line.</exception>
    public Recipe LoadRecipe() => catalog.Json.LoadRecipe(RecipePath);

    /// <summary>The result, of any version.</summary>
    /// <exception cref="CrossStitchException">It is missing, damaged, or no result; the message says the line.</exception>
    public RunResult LoadResult() => catalog.Json.Load(ResultPath, "result", old =>
    {
        // Version 1 had the measures of one data source here; they follow from the predictions.
        foreach (var name in (string[])["network", "auxiliary", "test", "validation"])
        {
            old.Remove(name);
        }

        old["version"] = 1;
        (old["test"], old["validation"]) = (null, null);
        return catalog.Json.Convert<RunResult>(old.ToJsonString(), ResultPath, "result");
    });

    /// <summary>
    /// The epochs so far, in order. What of the file is no whole line of an epoch, such as the end of one that was being written
    /// when the power went, is left out: see <see cref="MissingEpochs"/>.
    /// </summary>
    /// <exception cref="CrossStitchException">The file cannot be read, or is larger than metrics are.</exception>
    public IReadOnlyList<EpochReport> LoadMetrics()
    {
        var epochs = new List<EpochReport>();
        foreach (var line in File.Exists(MetricsPath) ? BoundedText.Read(MetricsPath, "set of metrics", BoundedText.Table).Split('\n') : [])
        {
            if (line.Length <= MostLine && catalog.Json.TryLine<EpochReport>(line.TrimEnd('\0')) is { } epoch && epoch.Epoch > (epochs.Count == 0 ? 0 : epochs[^1].Epoch))
            {
                epochs.Add(epoch);
            }
        }

        return epochs;
    }

    /// <summary>What to say where the metrics lack epochs that were trained, in a sentence; null where they are whole.</summary>
    /// <exception cref="CrossStitchException">The metrics cannot be read, or the result or checkpoint is damaged.</exception>
    public string? MissingEpochs()
    {
        var trained = IsFinished ? LoadResult().Epochs : File.Exists(LastCheckpointPath) ? Checkpoint.Load(LastCheckpointPath).Epoch : 0;
        var known = LoadMetrics().Count(epoch => epoch.Epoch <= trained);
        return known == trained ? null
            : $"{MetricsPath}: of the {trained} epochs that were trained, {known} are there whole. The weights lack nothing; curves begin without the other epochs.";
    }

    /// <summary>What the trained network predicts for the test examples.</summary>
    /// <exception cref="CrossStitchException">The file is missing or damaged; the message says the line.</exception>
    public Predictions LoadPredictions() => new(catalog.Json.Load<Dictionary<string, float[]?>>(PredictionsPath, "set of predictions", BoundedText.Table)
        .Where(task => task.Value is not null).ToDictionary(task => task.Key, task => task.Value!));

    /// <summary>The recipe; null if it is missing or damaged.</summary>
    internal Recipe? TryRecipe()
    {
        try
        {
            return LoadRecipe();
        }
        catch (CrossStitchException)
        {
            return null;
        }
    }

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

    /// <summary>Writes down why a run failed.</summary>
    /// <param name="reason">Why, in a line; more lines may follow.</param>
    /// <returns>How often it has failed by now.</returns>
    internal int SaveFailure(string reason)
    {
        var tries = Tries + 1;
        AtomicFile.CreateFolder(FullPath);
        AtomicFile.WriteAllText(FailurePath, reason + "\n");
        AtomicFile.WriteAllText(TriesPath, tries.ToString(CultureInfo.InvariantCulture));
        return tries;
    }

    /// <summary>Deletes what a run writes, and the folder if nothing else is in it. A folder that is a link stays.</summary>
    /// <param name="runFiles">The names of files that the data source writes.</param>
    internal void Delete(IReadOnlyList<string> runFiles)
    {
        foreach (var file in runFiles.Select(name => Path.Combine(FullPath, name)).Concat([RecipePath, MetricsPath, ResultPath, PredictionsPath, ScoresPath, FailurePath, TriesPath, LastCheckpointPath, FinalCheckpointPath, Path.Combine(FullPath, FolderLock.Name)]))
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
        FolderCleaning.DeleteFile(LastCheckpointPath);
        AtomicFile.RemoveLeftovers(FullPath);
        AtomicFile.RemoveLeftovers(Path.GetDirectoryName(LastCheckpointPath)!);
    }

    internal void ClearFailure()
    {
        FolderCleaning.DeleteFile(FailurePath);
        FolderCleaning.DeleteFile(TriesPath);
    }

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
