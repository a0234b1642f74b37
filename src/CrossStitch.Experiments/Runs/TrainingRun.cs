using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using CrossStitch.Experiments.Catalogs;
using CrossStitch.Experiments.Data;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Sharing;
using CrossStitch.Training;

namespace CrossStitch.Experiments.Runs;

/// <summary>Turns a recipe and examples into a run folder.</summary>
/// <param name="recipe">What to do.</param>
/// <param name="data">The examples that the recipe asks for.</param>
/// <param name="folder">Where to write.</param>
public sealed class TrainingRun(Recipe recipe, Dataset data, RunFolder folder)
{
    /// <summary>The version that names the examples a run was begun with.</summary>
    private const string DataVersion = "data";

    /// <summary>The section of checkpoints with the recipe that their weights are of: recipe.json can be edited.</summary>
    private const string RecipeSection = "recipe.json";

    private readonly Catalog _catalog = folder.Catalog;

    /// <summary>It saves after an epoch only if it has not for so long, and after the last one; at zero, after each.</summary>
    internal TimeSpan SaveEvery { get; init; }

    /// <summary>
    /// Trains, measures and writes; goes on where an earlier, stopped call of the same recipe was. A run that has
    /// ended is not trained again.
    /// </summary>
    /// <param name="onEpoch">Called after every epoch, once it is safe on disk.</param>
    /// <param name="progress">Called after every step.</param>
    /// <param name="cancellation">Stops it between two steps; the next call goes on from there.</param>
    /// <exception cref="CrossStitchException">
    /// The folder holds another run, the examples are not those it was begun with, or training failed.
    /// </exception>
    /// <exception cref="OperationCanceledException">
    /// It was stopped. Where the steps since the last epoch could not be saved, the next call takes them again: the message says so,
    /// and the inner exception why.
    /// </exception>
    public RunResult Execute(Action<EpochReport>? onEpoch = null, IProgress<StepReport>? progress = null, CancellationToken cancellation = default) =>
        Execute(null, onEpoch, progress, cancellation);

    /// <summary>The same where the caller has claimed the run already.</summary>
    internal RunResult Execute(RunClaim? claimed, Action<EpochReport>? onEpoch, IProgress<StepReport>? progress, CancellationToken cancellation)
    {
        recipe.Validate(_catalog);
        if (folder.IsFinished)
        {
            return Finished(claimed);
        }

        // Nothing is written before the recipe and the examples are known to work together.
        var settled = recipe.Settled();
        var (trainingSet, validationSet) = SubsetData.Split(data.Training, recipe.ValidationShare, recipe.Seed);
        RefuseTooFew(trainingSet.Length, validationSet.Length);
        settled.Describe(_catalog);

        // What the folder holds is looked at under the claim: another process may be about to begin there.
        using var taken = claimed is null ? RunClaim.Take(folder.FullPath, cancellation: cancellation) : null;
        var claim = claimed ?? taken!;
        if (folder.IsFinished)
        {
            return Finished(claim);
        }

        folder.RefuseForeignFiles();
        var begun = folder.IsBegun ? folder.LoadRecipe() : null;
        var used = begun is not null && folder.HasEpochs ? Resumed(begun) : settled with { Versions = Versions() };
        var stopped = Stopped(used);
        var examples = PartlyLabelled.Of(data.Training, trainingSet, used, used.Describe(_catalog));
        var network = Network.Create(used.Describe(_catalog, ClassBalance.Offsets(used, examples)), used.TrainingSeed);
        using var engine = used.Engine(_catalog, network);
        var trainer = new Trainer(engine, used.Training, used.TrainingSeed, used.Weighting.Create(), [.. used.Extensions.Select(extension => extension.Create())]);
        folder.SaveRecipe(used);
        data.SaveTraining(folder.FullPath);
        if (stopped is not null)
        {
            trainer.Restore(stopped);
        }

        List<EpochReport> epochs = [.. folder.LoadMetrics().Where(epoch => epoch.Epoch <= (stopped?.Epoch ?? 0))];
        var essence = JsonSerializer.SerializeToUtf8Bytes(RecipeDifference.Essence(used) with { Threads = 0 }, _catalog.Json.Line);
        var board = new TensorBoardLog(folder.TensorBoardPath);
        var measures = recipe.Data.Domain().Measures(recipe.Data.Tasks());
        var validation = validationSet.Length > 0 ? new ScoredSubset(data.Training, validationSet, measures, recipe.Data, network.Description.Shape) : null;
        var steps = new UnsavedSteps(progress);
        var sinceSaved = Stopwatch.StartNew();
        TrainingOutcome outcome;
        try
        {
            outcome = trainer.Run(
                examples,
                validation,
                epoch =>
                {
                    claim.EnsureHeld();
                    epochs.Add(epoch);
                    folder.SaveMetrics(epochs);
                    if (sinceSaved.Elapsed >= SaveEvery || epoch.Epoch == used.Training.Epochs)
                    {
                        Save(trainer.Capture(), essence);
                        steps.Count = 0;
                        sinceSaved.Restart();
                    }

                    board.Append(epoch);
                    onEpoch?.Invoke(epoch);
                },
                steps,
                cancellation);
        }
        catch (OperationCanceledException) when (steps.Count > 0)
        {
            SaveStopped(claim, trainer, essence, cancellation);
            throw;
        }

        var test = data.Test is { Count: > 0 } measured ? Evaluator.MeasureNetwork(engine, recipe.Data, measured, cancellation) : null;
        var validated = validation is null ? null : Evaluator.MeasureNetwork(engine, recipe.Data, validation, cancellation).Evaluation;
        claim.EnsureHeld();
        if (test is not null)
        {
            folder.SaveMeasured(test);
        }

        (trainer.Capture() with { Optimizer = [], BestWeights = [], Sections = new Dictionary<string, byte[]> { [RecipeSection] = essence } }).Save(folder.FinalCheckpointPath);
        var result = new RunResult(
            RunResult.CurrentVersion,
            recipe.Seed,
            network.Parameters.Count,
            outcome.Epochs,
            outcome.KeptEpoch,
            epochs.Sum(epoch => epoch.Seconds),
            test?.Evaluation,
            validated,
            StitchSummary.Of(network),
            RelationSummary.Of(network));
        folder.SaveResult(result);
        folder.RemoveLeftovers();
        return result;
    }

    private void Save(Checkpoint captured, byte[] essence) =>
        (captured with { Sections = new Dictionary<string, byte[]>(captured.Sections) { [RecipeSection] = essence } }).Save(folder.LastCheckpointPath);

    /// <summary>Saves the epoch under way of a run that was stopped. Whatever keeps it from being saved, the run was stopped first.</summary>
    private void SaveStopped(RunClaim claim, Trainer trainer, byte[] essence, CancellationToken cancellation)
    {
        try
        {
            claim.EnsureHeld();
            Save(trainer.Capture(), essence);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            throw new OperationCanceledException(
                $"{folder.FullPath}: what was trained since the last whole epoch could not be saved, and is trained again when the run goes on ({error.Message.TrimEnd('.')}).", error, cancellation);
        }
    }

    /// <summary>The result of a run that has ended; where its examples lie now is noted.</summary>
    private RunResult Finished(RunClaim? claimed)
    {
        var begun = folder.LoadRecipe();
        RefuseAnother(begun);
        if (recipe.Data != begun.Data)
        {
            folder.SaveRecipe(begun with { Data = recipe.Data });
        }

        var result = folder.LoadResult();
        if (folder.HasLeftovers)
        {
            // Where another process has the claim, it is at the end of this run itself.
            using var taken = claimed is null ? RunClaim.TryTake(folder.FullPath) : null;
            if ((claimed ?? taken) is not null)
            {
                folder.RemoveLeftovers();
            }
        }

        return result;
    }

    /// <summary>The recipe to go on with: as the run was begun, threads included, with the examples where they lie now.</summary>
    private Recipe Resumed(Recipe begun)
    {
        RefuseAnother(begun);
        return begun.Settled() with { Data = recipe.Data };
    }

    private void RefuseTooFew(int training, int validation)
    {
        if (training == 0)
        {
            throw new CrossStitchException(data.Training.Count == 0
                ? "There is nothing to train on: there are no training examples."
                : $"There is nothing to train on: all {data.Training.Count} training examples are set aside for validation (a share of {recipe.ValidationShare}).");
        }

        if (validation == 0 && recipe.ValidationShare > 0 && recipe.ValidationShare != Recipe.For(recipe.Data).ValidationShare && recipe.Training.Patience == 0)
        {
            throw new CrossStitchException($"A share of {recipe.ValidationShare} of {data.Training.Count} examples sets none aside for validation: set more aside, or 0 for none.");
        }

        if (recipe.Training.Patience > 0 && validation == 0)
        {
            throw new CrossStitchException($"Early stopping (a patience of {recipe.Training.Patience}) watches validation examples, and a share of {recipe.ValidationShare} of {data.Training.Count} examples is none: set more aside, or set the patience to 0.");
        }
    }

    /// <summary>The checkpoint to go on from; null to begin.</summary>
    /// <param name="used">The recipe to go on with.</param>
    /// <exception cref="CrossStitchException">It is damaged, or weights lie here that are not of this recipe.</exception>
    private Checkpoint? Stopped(Recipe used)
    {
        var isStopped = File.Exists(folder.LastCheckpointPath);
        var path = isStopped ? folder.LastCheckpointPath : folder.FinalCheckpointPath;
        if (!File.Exists(path))
        {
            return null;
        }

        // The weights of a run that had ended would be written over: its result was taken away.
        var checkpoint = Checkpoint.Load(path);
        var (isKnown, why) = checkpoint.Sections.TryGetValue(RecipeSection, out var essence)
            && RecipeDifference.Between(_catalog.Json.Convert<Recipe>(Encoding.UTF8.GetString(essence), path, "recipe of a checkpoint"), used with { Threads = 0 }, _catalog) is var difference
            ? (difference is null, $"{difference}")
            : (isStopped, "it does not say of which");
        return !isKnown ? throw new CrossStitchException($"{path}: its weights are not of the recipe that {folder.RecipePath} has now ({why}). Restore the recipe, or train it into another folder with --recipe {folder.RecipePath} --out ANOTHER.")
            : isStopped ? checkpoint : null;
    }

    /// <summary>Refuses to go on with another run, or with other examples.</summary>
    /// <param name="begun">The recipe that the folder's run was begun with.</param>
    /// <exception cref="CrossStitchException">It is another recipe, or was begun with other examples.</exception>
    internal void RefuseAnother(Recipe begun)
    {
        if (RecipeDifference.Between(recipe.Threads == 0 ? begun with { Threads = 0 } : begun, recipe, _catalog) is { } difference)
        {
            throw new CrossStitchException($"{folder.FullPath}: holds a run of another recipe ({difference}); choose another folder with --out, or delete it.");
        }

        RefuseOtherData(folder, begun, data);
    }

    /// <summary>Refuses examples that are not those that a run was begun with.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="begun">The recipe that it was begun with.</param>
    /// <param name="data">The examples.</param>
    /// <exception cref="CrossStitchException">They are others.</exception>
    internal static void RefuseOtherData(RunFolder folder, Recipe begun, Dataset data)
    {
        if (begun.Versions.GetValueOrDefault(DataVersion) is { } fingerprint && fingerprint != data.Fingerprint)
        {
            throw new CrossStitchException($"{folder.FullPath}: was begun with other {begun.Data.Domain().Example}s ({fingerprint} there, {data.Fingerprint} here); restore them, or choose another folder. An earlier version may have read them otherwise, see the changelog.");
        }
    }

    private Dictionary<string, string> Versions() => new()
    {
        ["crossStitch"] = typeof(TrainingRun).Assembly.GetName().Version!.ToString(3),
        ["runtime"] = RuntimeInformation.FrameworkDescription,
        ["system"] = RuntimeInformation.RuntimeIdentifier,
        [DataVersion] = data.Fingerprint,
    };

    /// <summary>Counts the steps that no checkpoint has.</summary>
    private sealed class UnsavedSteps(IProgress<StepReport>? progress) : IProgress<StepReport>
    {
        public int Count { get; set; }

        public void Report(StepReport value)
        {
            Count++;
            progress?.Report(value);
        }
    }
}
