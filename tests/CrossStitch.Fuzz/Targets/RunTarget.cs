using CrossStitch.Experiments.Catalogs;
using CrossStitch.Experiments.Runs;
using CrossStitch.Experiments.Scores;
using CrossStitch.Faces.Training.Data;
using CrossStitch.Fuzz.Inputs;
using CrossStitch.Fuzz.Samples;

namespace CrossStitch.Fuzz.Targets;

/// <summary>The files of a finished run, each as its own reader reads it.</summary>
/// <param name="scratch">A folder for files.</param>
internal sealed class RunTarget(string scratch) : FolderTarget(scratch)
{
    private readonly Catalog _catalog = Cli.CommandCatalog.Create();

    /// <inheritdoc/>
    protected override void Fill()
    {
        SampleStudy.WriteRun(new RunFolder(Folder, _catalog), SampleRecipe.Of(_catalog), SampleFaces.Labels(SampleFaces.Whole(6)));
        File.WriteAllText(Path.Combine(Folder, "failure.txt"), "the disk is full\n");
    }

    /// <inheritdoc/>
    protected override void Use(FuzzInput input)
    {
        var folder = RunFolder.OpenExisting(Folder, _catalog);
        switch (input.Name)
        {
            case "recipe.json":
                folder.LoadRecipe();
                break;
            case "result.json":
                var result = folder.LoadResult();
                BrokenPromiseException.Unless(result is { Epochs: >= 0, KeptEpoch: >= 0, Parameters: >= 0 } && double.IsFinite(result.TrainingSeconds), "a result of negative amounts is accepted");
                break;
            case "metrics.jsonl":
                folder.LoadMetrics();
                break;
            case "predictions.json":
                folder.LoadPredictions().Outputs(FaceTasks.All, 6);
                break;
            case "scores.csv":
                ScoreTable.Load(folder.ScoresPath);
                break;
            case "failure.txt":
                _ = folder.Failure;
                break;
            default:
                FinishedRun.LoadNetwork(folder, out _);
                break;
        }
    }
}
