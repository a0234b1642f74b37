using CrossStitch.Experiments.Data;
using CrossStitch.Faces.Training.Annotations;
using CrossStitch.Faces.Training.Boxes;
using CrossStitch.Faces.Training.Data;
using CrossStitch.Kernels.Models;

namespace CrossStitch.Faces.Training.Finding;

/// <summary>Trains a <see cref="Faces.Finding.FaceFinder"/> from the training photos of an archive.</summary>
public static class FinderTraining
{
    /// <summary>Reads the photos and trains.</summary>
    /// <param name="data">The archive, with the boxes that the finder is to find.</param>
    /// <param name="recipe">How.</param>
    /// <param name="onRound">Called after every round.</param>
    /// <param name="reading">Receives how far the reading of photos has come, from several threads.</param>
    /// <param name="progress">Receives how far the training has come.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The finder's network, with the threshold that the photos set aside ask for.</returns>
    /// <exception cref="CrossStitchException">The archive, the box file or a face is wrong, or the recipe makes no sense.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static NetworkModel Run(
        MtflData data,
        FinderRecipe recipe,
        Action<FinderRound>? onRound = null,
        IProgress<LoadProgress>? reading = null,
        IProgress<FinderProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        var trainer = new FinderTrainer(recipe);
        if (data.Boxes == MtflData.FoundBoxes)
        {
            throw new CrossStitchException("A finder does not learn from what the finder in the package finds: give a file of boxes, or none to derive them from the landmarks.");
        }

        using var archive = MtflArchive.Open(data.Archive);
        var boxes = data.BoxFilePath is { } path ? BoxFile.Read(path) : null;
        var photos = FinderPhotos.Load(archive, MtflSplit.Training, boxes, data.SkipInvalid, reading, cancellation);
        return trainer.Run(photos, onRound, progress, cancellation);
    }
}
