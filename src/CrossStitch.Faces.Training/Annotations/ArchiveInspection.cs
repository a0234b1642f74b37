using CrossStitch.Experiments.Data;
using CrossStitch.Faces.Training.Boxes;
using CrossStitch.Faces.Training.Crops;

namespace CrossStitch.Faces.Training.Annotations;

/// <summary>What is in an archive, and everything that is wrong with it.</summary>
/// <param name="Path">Where the archive is.</param>
/// <param name="Splits">The splits that it has.</param>
public sealed record ArchiveInspection(string Path, IReadOnlyList<SplitInspection> Splits)
{
    /// <summary>Looks an archive through: every line is parsed and every picture decoded, on all cores.</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="boxes">Detected boxes to hold against it; null for none.</param>
    /// <param name="progress">Receives how far it has come, over all splits, from several threads.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="CrossStitchException">An annotation file cannot be read at all, or no box is of a picture of the archive.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static ArchiveInspection Of(
        MtflArchive archive, BoxFile? boxes = null, IProgress<LoadProgress>? progress = null, CancellationToken cancellation = default)
    {
        var match = boxes is null ? null : BoxMatch.Of(archive, boxes);
        var readings = Enum.GetValues<MtflSplit>()
            .Where(archive.Has)
            .Select(split => (Split: split, Reading: archive.Read(split, skipInvalid: true)))
            .ToList();
        var total = readings.Sum(reading => reading.Reading.Faces.Count);
        var before = 0;
        var known = new Dictionary<MtflSplit, List<(string Name, KnownFace Face)>>();
        var splits = new List<SplitInspection>();
        foreach (var (split, reading) in readings)
        {
            var shifted = progress is null ? null : new PartProgress(progress, before, total);
            known[split] = [];
            splits.Add(Inspect(archive, split, reading, match, known[split], shifted, cancellation));
            before += reading.Faces.Count;
        }

        if (splits is [.., { Split: MtflSplit.Testing } last] && known.TryGetValue(MtflSplit.Training, out var training)
            && RepeatedFaces.Across(training, known[MtflSplit.Testing]) is { } repeated)
        {
            splits[^1] = last with { Warnings = [.. last.Warnings, repeated] };
        }

        return new ArchiveInspection(archive.Path, splits);
    }

    private static SplitInspection Inspect(
        MtflArchive archive, MtflSplit split, MtflReading reading, BoxMatch? match, List<(string Name, KnownFace Face)> known, IProgress<LoadProgress>? progress, CancellationToken cancellation)
    {
        var sizes = new (int Width, int Height)[reading.Faces.Count];
        var pictures = new ulong[sizes.Length];
        var problems = FaceImages.ForEach(
            archive, split, reading.Faces, skipInvalid: true, (i, image, hash) => (sizes[i], pictures[i]) = ((image.Width, image.Height), hash), progress, cancellation);
        var valid = reading.Faces.Where((_, i) => problems[i] is null).ToList();
        known.AddRange(reading.Faces.Select((face, i) => (face.ImagePath, new KnownFace(pictures[i], face.Landmarks))).Where((_, i) => problems[i] is null));
        return new SplitInspection(
            split,
            valid.Count,
            [.. reading.Problems.Concat(problems.OfType<FaceProblem>()).OrderBy(problem => problem.Line)],
            [.. LabelWarnings.Of(MtflArchive.AnnotationFile(split), reading.Faces), .. match?.Warnings(split) ?? [], .. Sentences(RepeatedFaces.Within(split, known))],
            AttributeCounts.Of(valid),
            valid.Count == 0 ? [] : LandmarkStatistics.Of(valid),
            valid.Count == 0 ? null : Quantiles.Of(valid.Select(face => (double)face.Landmarks.InterOcularDistance)),
            [.. sizes.Where((_, i) => problems[i] is null)
                .GroupBy(size => size)
                .Select(group => new ImageSizeCount(group.Key.Width, group.Key.Height, group.Count()))
                .OrderByDescending(size => size.Count)
                .ThenBy(size => size.Width)
                .ThenBy(size => size.Height)]);
    }

    private static IEnumerable<string> Sentences(string? sentence) => sentence is null ? [] : [sentence];
}
