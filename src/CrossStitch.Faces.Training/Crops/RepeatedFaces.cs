using CrossStitch.Faces.Training.Annotations;

namespace CrossStitch.Faces.Training.Crops;

/// <summary>
/// Looks for faces that are listed more than once: test faces that are training faces make a result worthless, and
/// repeated training faces come to lie in both training and validation.
/// </summary>
public static class RepeatedFaces
{
    // Of MTFL's training faces one in 2,000 is there twice.
    private const double Frequent = 0.001;

    /// <summary>What should be known of test faces beside the training faces of the same source.</summary>
    /// <param name="training">The training faces, each with its name in messages.</param>
    /// <param name="testing">The test faces, each with its name in messages.</param>
    /// <returns>A sentence; null if no test face is a training face.</returns>
    public static string? Across(IEnumerable<(string Name, KnownFace Face)> training, IReadOnlyCollection<(string Name, KnownFace Face)> testing)
    {
        var known = new SameFaces();
        var names = new List<string>();
        foreach (var (name, face) in training)
        {
            known.Add(face);
            names.Add(name);
        }

        var found = testing.Select(face => (face.Name, Same: known.Find(face.Face))).Where(face => face.Same >= 0).ToList();
        return found.Count == 0
            ? null
            : $"{found.Count} of {testing.Count} faces of {MtflArchive.AnnotationFile(MtflSplit.Testing)} {(found.Count == 1 ? "is a training face" : "are training faces")} too, by picture or by landmarks to half a pixel, "
                + $"for example {Example(found[0].Name, names[found[0].Same])}: a result on them does not say how a network does on new faces.";
    }

    /// <summary>What should be known of the faces of one split.</summary>
    /// <param name="split">Which.</param>
    /// <param name="faces">Its faces, each with its name in messages.</param>
    /// <returns>A sentence; null if hardly any face is there twice.</returns>
    public static string? Within(MtflSplit split, IReadOnlyCollection<(string Name, KnownFace Face)> faces)
    {
        var known = new SameFaces();
        var names = new List<string>();
        var found = new List<string>();
        foreach (var (name, face) in faces)
        {
            if (known.Find(face) is >= 0 and var same)
            {
                found.Add(Example(name, names[same]));
                continue;
            }

            known.Add(face);
            names.Add(name);
        }

        return found.Count <= Frequent * faces.Count
            ? null
            : $"{found.Count} of {faces.Count} faces of {MtflArchive.AnnotationFile(split)} {(found.Count == 1 ? "repeats one" : "repeat others")} of the same file, by picture or by landmarks to half a pixel, for example {found[0]}.";
    }

    /// <summary>Cropped faces as they are looked up here, named for their pictures.</summary>
    /// <param name="faces">The faces.</param>
    public static IReadOnlyCollection<(string Name, KnownFace Face)> Named(FaceCropSet faces) =>
        [.. faces.Faces.Select(face => (face.ImagePath, KnownFace.Of(face)))];

    private static string Example(string name, string same) =>
        name == same ? QuotedText.Of(name) : $"{QuotedText.Of(name)}, which is {QuotedText.Of(same)}";
}
