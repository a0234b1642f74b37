using CrossStitch.Experiments.Recipes;
using CrossStitch.Faces;
using CrossStitch.Faces.Training.Annotations;
using CrossStitch.Faces.Training.Boxes;
using CrossStitch.Faces.Training.Crops;
using CrossStitch.Faces.Training.Synthetic;

namespace CrossStitch.Experiments.Data;

/// <summary>Loads the faces that a recipe asks for.</summary>
public static class FaceSetLoader
{
    private const int MostProblems = 5;

    /// <summary>Loads training and test faces.</summary>
    /// <param name="data">Where from.</param>
    /// <param name="progress">Receives how far it has come, from several threads.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="FaceDataException">
    /// The archive, a box file or a face is wrong, the archive has no training face, or there are more faces than fit
    /// into memory.
    /// </exception>
    public static FaceSets Load(DataRecipe data, IProgress<LoadProgress>? progress = null, CancellationToken cancellation = default)
    {
        if (data is DrawnData drawn)
        {
            return Draw(drawn, progress, cancellation);
        }

        var mtfl = (MtflData)data;
        using var archive = MtflArchive.Open(mtfl.Archive);
        if (!archive.HasFaces(MtflSplit.Training))
        {
            throw new FaceDataException(
                $"{mtfl.Archive} lists no face in {MtflArchive.AnnotationFile(MtflSplit.Training)}: there is nothing to train on. It can only be evaluated on.");
        }

        var (options, match) = Prepare(archive, mtfl);
        var learned = LoadSplit(archive, MtflSplit.Training, options, match, progress, cancellation);
        var measured = archive.HasFaces(MtflSplit.Testing) ? LoadSplit(archive, MtflSplit.Testing, options, match, progress, cancellation) : null;
        return new FaceSets(learned.Faces, measured?.Faces, [.. learned.Notes, .. measured?.Notes ?? []])
        {
            Warnings = [.. learned.Warnings.Union(measured?.Warnings ?? []), .. Sentences(measured is null ? null : RepeatedFaces.Across(RepeatedFaces.Named(learned.Faces), RepeatedFaces.Named(measured.Faces)))],
            TestBoxes = measured?.Boxes,
        };
    }

    /// <summary>Loads one split of an archive, to measure a network on it.</summary>
    /// <param name="data">The archive and its boxes.</param>
    /// <param name="split">Which split.</param>
    /// <param name="progress">Receives how far it has come, from several threads.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="FaceDataException">The archive, a box file or a face is wrong.</exception>
    public static SplitFaces LoadSplit(MtflData data, MtflSplit split, IProgress<LoadProgress>? progress = null, CancellationToken cancellation = default)
    {
        using var archive = MtflArchive.Open(data.Archive);
        var (options, match) = Prepare(archive, data);
        return LoadSplit(archive, split, options, match, progress, cancellation);
    }

    private static FaceSets Draw(DrawnData drawn, IProgress<LoadProgress>? progress, CancellationToken cancellation)
    {
        var options = new FaceLoadOptions();
        var (training, test) = (drawn.TrainingFaces, drawn.TestFaces);
        var most = FaceCropSet.MostFaces(options.Settings);
        if (training < 0 || test < 0 || (long)training + test is 0 || (long)training + test > most)
        {
            throw new FaceDataException($"{training} faces to train on and {test} to test on cannot be drawn: there must be at least one, and at most {most} in all fit into memory here.");
        }

        // Drawn in one go, as 'crossstitch data synthesize' writes them: training faces first.
        var all = DrawnFaces.Load(training + test, drawn.Seed, options.Settings, options.CacheFolder, progress, cancellation);
        var order = Enumerable.Range(0, all.Count).ToArray();
        return new FaceSets(all.Subset(order[..training]), test == 0 ? null : all.Subset(order[training..]), []);
    }

    private static (FaceLoadOptions Options, BoxMatch? Match) Prepare(MtflArchive archive, MtflData data)
    {
        var boxes = data.Boxes is null ? null : BoxFile.Read(data.Boxes);
        return (new() { Boxes = boxes, SkipInvalid = data.SkipInvalid }, boxes is null ? null : BoxMatch.Of(archive, boxes));
    }

    private static SplitFaces LoadSplit(
        MtflArchive archive, MtflSplit split, FaceLoadOptions options, BoxMatch? match, IProgress<LoadProgress>? progress, CancellationToken cancellation)
    {
        var loaded = FaceLoader.Load(archive, split, options, progress, cancellation);

        // From the annotations, not from the crops: a warning is the same whether the crops came from the cache or not.
        var labelled = archive.Read(split, skipInvalid: true).Faces;
        return new SplitFaces(
            loaded.Faces,
            loaded.Boxes,
            Notes(split, loaded),
            [.. LabelWarnings.Of(MtflArchive.AnnotationFile(split), labelled), .. match?.Warnings(split) ?? [], .. Sentences(RepeatedFaces.Within(split, RepeatedFaces.Named(loaded.Faces)))]);
    }

    private static IEnumerable<string> Sentences(string? sentence) => sentence is null ? [] : [sentence];

    private static List<string> Notes(MtflSplit split, LoadedFaces loaded)
    {
        var name = split.ToString().ToLowerInvariant();
        var mismatched = loaded.Boxes.Mismatched == 0 ? "" : $", of which {loaded.Boxes.Mismatched} in pictures where the detector found only other faces";
        var notes = new List<string>
        {
            $"{loaded.Faces.Count} {name} {(loaded.Faces.Count == 1 ? "face" : "faces")}: {loaded.Boxes.Detector} with a detector's box, {loaded.Boxes.Reference} with a box derived from the landmarks{mismatched}.",
        };
        if (loaded.Problems.Count > 0)
        {
            notes.Add($"{loaded.Problems.Count} invalid {name} {(loaded.Problems.Count == 1 ? "face was" : "faces were")} left out:");
            notes.AddRange(loaded.Problems.Take(MostProblems).Select(problem => $"  {problem}"));
            if (loaded.Problems.Count > MostProblems)
            {
                notes.Add($"  … and {loaded.Problems.Count - MostProblems} more; 'crossstitch data inspect --all-problems' lists them.");
            }
        }

        return notes;
    }
}
