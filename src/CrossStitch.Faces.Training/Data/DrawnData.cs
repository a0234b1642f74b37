using CrossStitch.Experiments.Data;
using CrossStitch.Faces.Training.Crops;
using CrossStitch.Faces.Training.Synthetic;

namespace CrossStitch.Faces.Training.Data;

/// <summary>Faces that the program draws itself.</summary>
/// <param name="TrainingFaces">How many to learn from.</param>
/// <param name="TestFaces">How many to be measured on.</param>
/// <param name="Seed">Which faces.</param>
public sealed record DrawnData(int TrainingFaces = 2000, int TestFaces = 1000, long Seed = 1) : FacesRecipe
{
    /// <summary>The most faces of one set, training and test faces together: their crops fill about a gigabyte.</summary>
    public const int MostFaces = 300_000;

    /// <inheritdoc/>
    public override string ShortName() => "drawn";

    /// <inheritdoc/>
    public override void Validate()
    {
        Require(TrainingFaces >= 0 && TestFaces >= 0, $"{TrainingFaces} training and {TestFaces} test faces cannot be drawn; both must be at least 0.");
        Require((long)TrainingFaces + TestFaces > 0, "There are no faces to draw: ask for at least one.");
        Require((long)TrainingFaces + TestFaces <= MostFaces, $"{(long)TrainingFaces + TestFaces} faces are more than can be drawn for one run; the most is {MostFaces}.");
        base.Validate();

        static void Require(bool holds, string message)
        {
            if (!holds)
            {
                throw new CrossStitchException(message) { Setting = "trainingFaces" };
            }
        }
    }

    /// <inheritdoc/>
    public override FaceDataset LoadFaces(IProgress<LoadProgress>? progress, CancellationToken cancellation)
    {
        if (SecondLook is not null)
        {
            throw new CrossStitchException("A second look cuts faces out of their pictures again, and drawn faces have none; write them with 'crossstitch data synthesize' and name that folder with --data, or take another --preset.");
        }

        var options = new FaceLoadOptions { Settings = BoxCrop };
        var most = FaceCropSet.MostFaces(options.Settings);
        if (TrainingFaces < 0 || TestFaces < 0 || (long)TrainingFaces + TestFaces is 0 || (long)TrainingFaces + TestFaces > most)
        {
            throw new CrossStitchException($"{TrainingFaces} faces to train on and {TestFaces} to test on cannot be drawn: there must be at least one, and at most {most} in all fit into memory here.");
        }

        // Drawn in one go, as 'crossstitch data synthesize' writes them: training faces first.
        var all = DrawnFaces.Load(TrainingFaces + TestFaces, Seed, options.Settings, options.CacheFolder, progress, cancellation);
        var order = Enumerable.Range(0, all.Count).ToArray();
        return new FaceDataset(all.Subset(order[..TrainingFaces]), TestFaces == 0 ? null : all.Subset(order[TrainingFaces..]), Augmentation, [$"{TrainingFaces} training and {TestFaces} test faces, drawn by the program."]);
    }
}
