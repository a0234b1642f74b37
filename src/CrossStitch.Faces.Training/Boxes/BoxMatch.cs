using CrossStitch.Faces.Training.Annotations;

namespace CrossStitch.Faces.Training.Boxes;

/// <summary>How well a box file and an archive go together, over all splits that the archive has.</summary>
public sealed class BoxMatch
{
    /// <summary>From which share on faces outside their picture's boxes are no longer a detector's slips; in MTFL it is 0.9 %.</summary>
    private const double ManyOutside = 0.1;

    private readonly BoxFile _boxes;
    private readonly IReadOnlyDictionary<MtflSplit, IReadOnlyList<AnnotatedFace>> _faces;
    private readonly HashSet<string> _pictures;

    private BoxMatch(BoxFile boxes, IReadOnlyDictionary<MtflSplit, IReadOnlyList<AnnotatedFace>> faces)
    {
        _boxes = boxes;
        _faces = faces;
        _pictures = [.. faces.Values.SelectMany(split => split).Select(face => face.ImagePath)];
    }

    /// <summary>Holds a box file against an archive.</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="boxes">The boxes.</param>
    /// <exception cref="CrossStitchException">Not one box is of a picture that the archive lists: the two do not belong together.</exception>
    public static BoxMatch Of(MtflArchive archive, BoxFile boxes)
    {
        var faces = Enum.GetValues<MtflSplit>().Where(archive.HasFaces).ToDictionary(split => split, split => archive.Read(split, skipInvalid: true).Faces);
        var match = new BoxMatch(boxes, faces);

        // Where no line of the archive can be read, that is what is to be said, and reading the split says it.
        if (match._pictures.Count > 0 && boxes.Count > 0 && !boxes.Paths.Any(match._pictures.Contains))
        {
            throw new CrossStitchException(
                $"{boxes.Name}: not one of its {boxes.Count} boxes is of a picture of {archive.Path}. It names {QuotedText.Of(boxes.Paths.First())}; "
                + $"the archive names {QuotedText.Of(match._pictures.First())}. Write the paths as the archive has them.");
        }

        return match;
    }

    /// <summary>What a user should know before trusting what is measured on a split.</summary>
    /// <param name="split">The split.</param>
    /// <returns>A sentence each; empty if every picture has a box around its face, and every box a picture.</returns>
    public IReadOnlyList<string> Warnings(MtflSplit split) => [.. new[] { Lacking(), Missing(split), Outside(split) }.OfType<string>()];

    private string? Lacking()
    {
        var lacking = _boxes.Paths.Where(path => !_pictures.Contains(path)).ToList();
        return lacking.Count == 0
            ? null
            : $"{_boxes.Name}: {lacking.Count} of the {_boxes.Images} pictures that it names {(lacking.Count == 1 ? "is" : "are")} not in the archive, for example {QuotedText.Of(lacking[0])}.";
    }

    private string? Missing(MtflSplit split)
    {
        var pictures = Faces(split).Select(face => face.ImagePath).Distinct().ToList();
        var missing = pictures.Where(path => _boxes[path].Count == 0).ToList();
        var name = split.ToString().ToLowerInvariant();
        return missing.Count == 0 ? null
            : missing.Count == pictures.Count ? $"{_boxes.Name}: not one of the {pictures.Count} {name} pictures has a box; all boxes of {name} faces are derived from their true landmarks."
            : $"{_boxes.Name}: {missing.Count} of {pictures.Count} {name} pictures {(missing.Count == 1 ? "has" : "have")} no box, for example {QuotedText.Of(missing[0])}; a box derived from the true landmarks takes its place.";
    }

    private string? Outside(MtflSplit split)
    {
        var resolver = new BoxResolver(_boxes);
        var boxed = Faces(split).Where(face => _boxes[face.ImagePath].Count > 0).ToList();
        var outside = boxed.Where(face => resolver.Resolve(face).Mismatched).ToList();
        return outside.Count == 0 || outside.Count < ManyOutside * boxed.Count
            ? null
            : $"{outside.Count} of {boxed.Count} faces {(outside.Count == 1 ? "has" : "have")} landmarks outside the detected boxes of their picture ({LabelWarnings.Name(MtflArchive.AnnotationFile(split), outside)}): the order of the landmarks or the scale of the boxes may be another.";
    }

    private IReadOnlyList<AnnotatedFace> Faces(MtflSplit split) => _faces.TryGetValue(split, out var faces) ? faces : [];
}
