using CrossStitch.Experiments.Recipes;
using CrossStitch.Faces.Annotations;
using CrossStitch.Faces.Boxes;
using CrossStitch.Faces.Crops;
using CrossStitch.Faces.Synthetic;

namespace CrossStitch.Experiments.Data;

/// <summary>Loads the faces that a recipe asks for.</summary>
public static class FaceSetLoader
{
    private const int MostProblems = 5;

    /// <summary>Loads training and test faces.</summary>
    /// <param name="data">Where from.</param>
    /// <param name="progress">Told how far it has come, from several threads.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="Faces.FaceDataException">The archive, a box file or a face is wrong.</exception>
    public static FaceSets Load(DataRecipe data, IProgress<LoadProgress>? progress = null, CancellationToken cancellation = default)
    {
        if (data is DrawnData drawn)
        {
            // Drawn in one go, as 'crossstitch data synthesize' writes them: training faces first.
            var all = DrawnFaces.Generate(drawn.TrainingFaces + drawn.TestFaces, drawn.Seed, CropSettings.Default, progress, cancellation);
            var order = Enumerable.Range(0, all.Count).ToArray();
            return new FaceSets(all.Subset(order[..drawn.TrainingFaces]), all.Subset(order[drawn.TrainingFaces..]), []);
        }

        var mtfl = (MtflData)data;
        using var archive = MtflArchive.Open(mtfl.Archive);
        var notes = new List<string>();
        var options = Options(mtfl);
        var learned = LoadSplit(archive, MtflSplit.Training, options, notes, progress, cancellation);
        var measured = archive.Has(MtflSplit.Testing) ? LoadSplit(archive, MtflSplit.Testing, options, notes, progress, cancellation) : null;
        return new FaceSets(learned, measured, notes);
    }

    /// <summary>Loads one split of an archive, to measure a network on it.</summary>
    /// <param name="data">The archive and its boxes.</param>
    /// <param name="split">Which split.</param>
    /// <param name="notes">Receives what a user should know of how they were read.</param>
    /// <param name="progress">Told how far it has come, from several threads.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="Faces.FaceDataException">The archive, a box file or a face is wrong.</exception>
    public static FaceCropSet LoadSplit(MtflData data, MtflSplit split, List<string> notes, IProgress<LoadProgress>? progress = null, CancellationToken cancellation = default)
    {
        using var archive = MtflArchive.Open(data.Archive);
        return LoadSplit(archive, split, Options(data), notes, progress, cancellation);
    }

    private static FaceLoadOptions Options(MtflData data) => new()
    {
        Boxes = data.Boxes is null ? null : BoxFile.Read(data.Boxes),
        SkipInvalid = data.SkipInvalid,
    };

    private static FaceCropSet LoadSplit(
        MtflArchive archive, MtflSplit split, FaceLoadOptions options, List<string> notes, IProgress<LoadProgress>? progress, CancellationToken cancellation)
    {
        var loaded = FaceLoader.Load(archive, split, options, progress, cancellation);
        var name = split.ToString().ToLowerInvariant();
        var mismatched = loaded.Boxes.Mismatched == 0 ? "" : $", of which {loaded.Boxes.Mismatched} in pictures where the detector found only other faces";
        notes.Add($"{loaded.Faces.Count} {name} faces: {loaded.Boxes.Detector} with a detector's box, {loaded.Boxes.Reference} with a box derived from their landmarks{mismatched}.");
        if (loaded.Problems.Count > 0)
        {
            notes.Add($"{loaded.Problems.Count} invalid {name} faces were left out:");
            notes.AddRange(loaded.Problems.Take(MostProblems).Select(problem => $"  {problem}"));
            if (loaded.Problems.Count > MostProblems)
            {
                notes.Add($"  … and {loaded.Problems.Count - MostProblems} more; 'crossstitch data inspect --all-problems' lists them.");
            }
        }

        return loaded.Faces;
    }
}
