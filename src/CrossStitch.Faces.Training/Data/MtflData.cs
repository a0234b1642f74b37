using CrossStitch.Experiments.Data;
using CrossStitch.Faces.Training.Annotations;
using CrossStitch.Faces.Training.Boxes;
using CrossStitch.Faces.Training.Crops;

namespace CrossStitch.Faces.Training.Data;

/// <summary>Faces of an archive in the layout of MTFL.</summary>
/// <param name="Archive">Path of the zip file or folder.</param>
/// <param name="Boxes">
/// Path of the file with detected boxes; <see cref="FoundBoxes"/> for those that the finder in the package finds;
/// <see cref="LandmarkBoxes"/>, or null as the command writes it, to derive every box from the landmarks. A file of such a name is <c>./find</c>.
/// </param>
/// <param name="SkipInvalid">Whether faces with an error are left out rather than refused.</param>
public sealed record MtflData(string Archive, string? Boxes = null, bool SkipInvalid = false) : FacesRecipe
{
    /// <summary>What stands for boxes that the finder in the package finds.</summary>
    public const string FoundBoxes = "find";

    /// <summary>What stands for boxes that are derived from the true landmarks.</summary>
    public const string LandmarkBoxes = "landmarks";

    private const int MostProblems = 5;

    /// <summary>Path of the file with detected boxes; null where there is none to be read.</summary>
    internal string? BoxFilePath => Boxes is FoundBoxes or LandmarkBoxes ? null : Boxes;

    /// <inheritdoc/>
    public override string ShortName() => Path.GetFileNameWithoutExtension(Path.TrimEndingDirectorySeparator(Archive));

    /// <inheritdoc/>
    public override DataRecipe Portable() => this with { Archive = FileName(Archive), Boxes = BoxFilePath is { } path ? BoxFileName(path) : Boxes, SecondLook = SecondLook?.Portable() };

    /// <inheritdoc/>
    public override DataRecipe Anywhere() => new MtflData("").SeenAs(this) with { SecondLook = SecondLook is { } look ? look with { Model = null } : null };

    /// <inheritdoc/>
    public override void Validate()
    {
        if (string.IsNullOrWhiteSpace(Archive))
        {
            throw new CrossStitchException("The archive of faces has no name.") { Setting = "archive" };
        }

        if (Boxes is not null && string.IsNullOrWhiteSpace(Boxes))
        {
            throw new CrossStitchException($"The file of boxes has no name; leave it out (null) to derive boxes from the landmarks, or name '{FoundBoxes}' to have them found.") { Setting = "boxes" };
        }

        base.Validate();
    }

    /// <inheritdoc/>
    public override FaceDataset LoadFaces(IProgress<LoadProgress>? progress, CancellationToken cancellation)
    {
        using var archive = MtflArchive.Open(Archive);
        if (!archive.HasFaces(MtflSplit.Training))
        {
            throw new CrossStitchException(
                $"{Archive} lists no face in {MtflArchive.AnnotationFile(MtflSplit.Training)}: there is nothing to train on. It can only be evaluated on.");
        }

        var boxes = Detected(archive, Enum.GetValues<MtflSplit>(), progress, cancellation);
        var learned = LoadSplit(archive, MtflSplit.Training, boxes, progress, cancellation);
        var measured = archive.HasFaces(MtflSplit.Testing) ? LoadSplit(archive, MtflSplit.Testing, boxes, progress, cancellation) : null;
        return new FaceDataset(
            learned.Faces,
            measured?.Faces,
            Augmentation,
            [.. learned.Notes, .. measured?.Notes ?? []],
            [.. learned.Warnings.Union(measured?.Warnings ?? []), .. Sentences(measured is null ? null : RepeatedFaces.Across(RepeatedFaces.Named(learned.Faces), RepeatedFaces.Named(measured.Faces)))]);
    }

    /// <summary>Loads one split, to measure a network on it.</summary>
    /// <param name="split">Which split.</param>
    /// <param name="progress">Receives how far it has come, from several threads.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="CrossStitchException">The archive, a box file or a face is wrong.</exception>
    public SplitFaces LoadSplit(MtflSplit split, IProgress<LoadProgress>? progress = null, CancellationToken cancellation = default)
    {
        using var archive = MtflArchive.Open(Archive);
        return LoadSplit(archive, split, Detected(archive, [split], progress, cancellation), progress, cancellation);
    }

    private static string FileName(string path) => Path.GetFileName(Path.TrimEndingDirectorySeparator(path));

    private static string BoxFileName(string path) => FileName(path) is var name && name is FoundBoxes or LandmarkBoxes ? $"./{name}" : name;

    private static IEnumerable<string> Sentences(string? sentence) => sentence is null ? [] : [sentence];

    private (BoxFile Boxes, BoxMatch Match)? Detected(MtflArchive archive, IReadOnlyList<MtflSplit> splits, IProgress<LoadProgress>? progress, CancellationToken cancellation)
    {
        if (Boxes is null or LandmarkBoxes)
        {
            return null;
        }

        if (Boxes == FoundBoxes && !SkipInvalid)
        {
            // Before the faces are found, which takes long: a line that is wrong.
            foreach (var split in splits.Where(archive.HasFaces))
            {
                archive.Read(split);
            }
        }

        var boxes = BoxFilePath is { } path ? BoxFile.Read(path) : Training.Boxes.FoundBoxes.Packaged(archive, splits, progress, cancellation);
        return (boxes, BoxMatch.Of(archive, boxes));
    }

    private SplitFaces LoadSplit(MtflArchive archive, MtflSplit split, (BoxFile Boxes, BoxMatch Match)? detected, IProgress<LoadProgress>? progress, CancellationToken cancellation)
    {
        var options = new FaceLoadOptions { Settings = BoxCrop, Boxes = detected?.Boxes, SkipInvalid = SkipInvalid };
        var loaded = FaceLoader.Load(archive, split, options, progress, cancellation);
        var faces = loaded.Faces;
        var notes = NotesOf(split, loaded);
        if (SecondLook is not null)
        {
            var frames = SecondLook.Frames(faces, cancellation);
            faces = FaceLoader.LookAgain(archive, split, faces, frames, SecondLook.Size, options.CacheFolder, progress, cancellation);
            var lost = Enumerable.Range(0, faces.Count).Count(i => frames[i] == FaceFrame.Of(loaded.Faces[i].Box));
            notes.AddRange(lost == 0 ? [] : [$"{lost} of {faces.Count} {split.ToString().ToLowerInvariant()} faces are seen in their boxes a second time: the points that the first look found are no face's."]);
        }

        // From the annotations, not from the crops: a warning is the same whether the crops came from the cache or not.
        var labelled = archive.Read(split, skipInvalid: true).Faces;
        return new SplitFaces(
            faces,
            notes,
            [.. LabelWarnings.Of(MtflArchive.AnnotationFile(split), labelled), .. detected?.Match.Warnings(split) ?? [], .. Sentences(RepeatedFaces.Within(split, RepeatedFaces.Named(loaded.Faces)))]);
    }

    private static List<string> NotesOf(MtflSplit split, LoadedFaces loaded)
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
