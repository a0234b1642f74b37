using CrossStitch.Experiments.Catalogs;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Runs;
using CrossStitch.Faces.Training.Data;
using CrossStitch.Fuzz.Inputs;
using CrossStitch.Fuzz.Samples;
using CrossStitch.Training;

namespace CrossStitch.Fuzz.Targets;

/// <summary>A run that was stopped after an epoch and goes on with damaged files.</summary>
internal sealed class ResumeTarget : FolderTarget
{
    private const int Epochs = 2;

    private readonly Catalog _catalog = Cli.CommandCatalog.Create();
    private readonly FaceDataset _faces;
    private readonly Recipe _recipe;

    /// <summary>Draws the faces.</summary>
    /// <param name="scratch">A folder for files.</param>
    public ResumeTarget(string scratch)
        : base(scratch)
    {
        _recipe = SampleRecipe.Of(_catalog, epochs: Epochs);
        _faces = new FaceDataset(SampleFaces.Whole(6), SampleFaces.Whole(2));
    }

    /// <inheritdoc/>
    protected override void Fill()
    {
        using var stop = new CancellationTokenSource();
        try
        {
            new TrainingRun(_recipe, _faces, new RunFolder(Folder, _catalog)).Execute(_ => stop.Cancel(), cancellation: stop.Token);
        }
        catch (OperationCanceledException)
        {
            // As was asked for.
        }

        // The seconds that it took are others each time.
        var folder = new RunFolder(Folder, _catalog);
        folder.SaveMetrics(folder.LoadMetrics().Select(epoch => epoch with { Seconds = 1, ExamplesPerSecond = 1 }));
        Directory.Delete(folder.TensorBoardPath, recursive: true);
    }

    /// <inheritdoc/>
    protected override bool IsChanged(string name) => name is "metrics.jsonl" or "recipe.json" || name.EndsWith(".ckpt", StringComparison.Ordinal);

    /// <inheritdoc/>
    protected override void Use(FuzzInput input)
    {
        var epochs = new List<EpochReport>();
        var result = new TrainingRun(_recipe, _faces, new RunFolder(Folder, _catalog)).Execute(epoch =>
        {
            epochs.Add(epoch);
            BrokenPromiseException.Unless(epochs.Count <= Epochs, "training goes on for more epochs than it was asked for");
        });
        BrokenPromiseException.Unless(result.Epochs == Epochs, "a run ends after another number of epochs than it was asked for");
        var known = new RunFolder(Folder, _catalog).LoadMetrics();
        BrokenPromiseException.Unless(known.Zip(known.Skip(1)).All(pair => pair.First.Epoch < pair.Second.Epoch), "metrics of a run that went on are out of order");
    }
}
