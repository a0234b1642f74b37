using System.Runtime.InteropServices;
using System.Text.Json;
using CrossStitch.Engines;
using CrossStitch.Experiments.Data;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Faces.Training.Metrics;
using CrossStitch.Training;

namespace CrossStitch.Experiments.Runs;

/// <summary>Turns a recipe and faces into a run folder.</summary>
/// <param name="recipe">What to do.</param>
/// <param name="faces">The faces that the recipe asks for.</param>
/// <param name="folder">Where to write.</param>
public sealed class TrainingRun(Recipe recipe, FaceSets faces, RunFolder folder)
{
    /// <summary>
    /// Trains, measures and writes; goes on where an earlier, stopped call of the same recipe was. A run that has
    /// ended is not trained again.
    /// </summary>
    /// <param name="onEpoch">Called after every epoch, once it is safe on disk.</param>
    /// <param name="progress">Called after every step.</param>
    /// <param name="cancellation">Stops it; the epochs so far stay.</param>
    /// <exception cref="CrossStitchException">
    /// The folder holds another run, the faces are not those it was begun with, or training failed.
    /// </exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public RunResult Execute(Action<EpochReport>? onEpoch = null, IProgress<StepReport>? progress = null, CancellationToken cancellation = default)
    {
        recipe.Validate();
        if (folder.IsFinished)
        {
            return Finished();
        }

        // Nothing is written before the recipe and the faces are known to work together.
        var (training, validation) = faces.SplitValidation(recipe.ValidationShare, recipe.Seed);
        RefuseTooFew(training.Count, validation.Count);
        NetworkBuilder.RequireEngine(recipe);
        NetworkBuilder.Describe(recipe).Validate();

        // What the folder holds is looked at under the lock: another process may be about to begin there.
        using var alone = new FolderLock(folder.FullPath);
        if (folder.IsFinished)
        {
            return Finished();
        }

        folder.RefuseForeignFiles();
        var begun = folder.IsBegun ? folder.LoadRecipe() : null;
        var used = begun is not null && folder.HasEpochs ? Resumed(begun) : recipe.WithUsedThreads() with { Versions = Versions() };
        var network = NetworkBuilder.Build(used);
        using var engine = NetworkBuilder.Engine(used, network);
        var trainer = new Trainer(engine, used.Training, used.Seed);
        folder.SaveRecipe(used);
        folder.SaveSeenFaces(SeenFaces.Of(faces.Training));
        var epochs = Resume(trainer);
        var board = new TensorBoardLog(folder.TensorBoardPath);
        var outcome = trainer.Run(
            new FaceData(training, used.Augmentation),
            validation.Count > 0 ? new FaceData(validation) : null,
            epoch =>
            {
                epochs.Add(epoch);
                folder.SaveMetrics(epochs);
                trainer.Capture().Save(folder.LastCheckpointPath);
                board.Append(epoch);
                onEpoch?.Invoke(epoch);
            },
            progress,
            cancellation);

        var predictions = faces.Test is { Count: > 0 } test ? Evaluator.Predict(engine, test, cancellation) : null;
        if (predictions is not null)
        {
            folder.SavePredictions(predictions);
        }

        var result = Measure(engine, predictions, validation, outcome, epochs, cancellation);
        (trainer.Capture() with { Optimizer = [], BestWeights = [], Sections = new Dictionary<string, byte[]>() }).Save(folder.FinalCheckpointPath);
        folder.SaveResult(result);
        File.Delete(folder.LastCheckpointPath);
        return result;
    }

    /// <summary>The result of a run that has ended; where its faces lie now is noted.</summary>
    private RunResult Finished()
    {
        var begun = folder.LoadRecipe();
        RefuseAnother(begun);
        if (recipe.Data != begun.Data)
        {
            folder.SaveRecipe(begun with { Data = recipe.Data });
        }

        return folder.LoadResult();
    }

    /// <summary>The recipe to go on with: as the run was begun, threads included, with the faces where they lie now.</summary>
    private Recipe Resumed(Recipe begun)
    {
        RefuseAnother(begun);
        return begun.WithUsedThreads() with { Data = recipe.Data };
    }

    private void RefuseTooFew(int training, int validation)
    {
        if (training == 0)
        {
            throw new CrossStitchException(faces.Training.Count == 0
                ? "There is nothing to train on: there are no training faces."
                : $"There is nothing to train on: all {faces.Training.Count} training faces are set aside for validation (a share of {recipe.ValidationShare}).");
        }

        if (validation == 0 && recipe.ValidationShare > 0 && recipe.ValidationShare != new Recipe().ValidationShare && recipe.Training.Patience == 0)
        {
            throw new CrossStitchException($"A share of {recipe.ValidationShare} of {faces.Training.Count} faces sets none aside for validation: set more aside, or 0 for none.");
        }

        if (recipe.Training.Patience > 0 && validation == 0)
        {
            throw new CrossStitchException($"Early stopping (a patience of {recipe.Training.Patience}) watches validation faces, and a share of {recipe.ValidationShare} of {faces.Training.Count} faces is none: set more aside, or set the patience to 0.");
        }
    }

    private RunResult Measure(
        NetworkEngine engine, FacePredictions? predictions, Faces.Training.Crops.FaceCropSet validation, TrainingOutcome outcome, List<EpochReport> epochs, CancellationToken cancellation) => new(
        recipe.Network,
        recipe.UsedAuxiliary(),
        recipe.Seed,
        engine.Network.Parameters.Count,
        outcome.Epochs,
        outcome.KeptEpoch,
        epochs.Sum(epoch => epoch.Seconds),
        predictions is null ? null : FaceEvaluation.Measure(faces.Test!.Faces, predictions),
        validation.Count > 0 ? Evaluator.Evaluate(engine, validation, cancellation) : null,
        StitchSummary.Of(engine.Network),
        RelationSummary.Of(engine.Network));

    /// <summary>Goes back to the last checkpoint; gives the epochs up to it.</summary>
    private List<EpochReport> Resume(Trainer trainer)
    {
        if (!File.Exists(folder.LastCheckpointPath))
        {
            return [];
        }

        var checkpoint = Checkpoint.Load(folder.LastCheckpointPath);
        trainer.Restore(checkpoint);
        List<EpochReport> epochs = [.. folder.LoadMetrics().Where(epoch => epoch.Epoch <= checkpoint.Epoch)];
        return epochs.Count == checkpoint.Epoch ? epochs : throw new CrossStitchException(
            $"{folder.MetricsPath}: holds {epochs.Count} of the {checkpoint.Epoch} epochs that the checkpoint has; restore it, or train again into another folder with --recipe {folder.RecipePath}.");
    }

    /// <summary>Refuses to go on with another run, or with other faces.</summary>
    /// <param name="begun">The recipe that the folder's run was begun with.</param>
    /// <exception cref="CrossStitchException">It is another recipe, or was begun with other faces.</exception>
    internal void RefuseAnother(Recipe begun)
    {
        // What depends on the machine makes no run another one: where its faces lie (what they are, the fingerprint
        // tells), and how many threads "all cores" are.
        string[] Text(Recipe one) => JsonSerializer.Serialize(
            one with { Versions = new Dictionary<string, string>(), Data = one.Data is MtflData ? new MtflData("") : one.Data, Threads = recipe.Threads == 0 ? 0 : one.Threads },
            RecipeFile.Json).Split('\n');
        var (there, here) = (Text(begun), Text(recipe));
        if (!there.SequenceEqual(here))
        {
            var (first, second) = there.Zip(here).FirstOrDefault(lines => lines.First != lines.Second, (First: there[^1], Second: here[^1]));
            throw new CrossStitchException($"{folder.FullPath}: holds a run of another recipe ({first.Trim().TrimEnd(',')} there, {second.Trim().TrimEnd(',')} here); choose another folder with --out, or delete it.");
        }

        if (begun.Versions.GetValueOrDefault("faces") is { } fingerprint && fingerprint != faces.Fingerprint)
        {
            throw new CrossStitchException($"{folder.FullPath}: was begun with other faces ({fingerprint} there, {faces.Fingerprint} here); restore them, or choose another folder.");
        }
    }

    private Dictionary<string, string> Versions() => new()
    {
        ["crossStitch"] = typeof(TrainingRun).Assembly.GetName().Version!.ToString(3),
        ["runtime"] = RuntimeInformation.FrameworkDescription,
        ["system"] = RuntimeInformation.RuntimeIdentifier,
        ["faces"] = faces.Fingerprint,
    };
}
