using CrossStitch.Faces.Finding;
using OwnFinder;

namespace CrossStitch.Benchmarks.Finders;

/// <summary>What of a picture was found, and what was found that is no face of it.</summary>
/// <param name="Picture">The picture's name.</param>
/// <param name="Faces">The faces that had to be found, each with the score of the box that it was found by; null if by none.</param>
/// <param name="False">Boxes around nothing, or around a face that a surer box had already.</param>
internal sealed record PictureMatch(string Picture, IReadOnlyList<SoughtFace> Faces, IReadOnlyList<FoundFace> False)
{
    /// <summary>Overlap (intersection over union) from which on a face is found.</summary>
    public const float Enough = 0.5f;

    /// <summary>
    /// Gives each box, the surest first, the face that it overlaps most of those that have none. So what is found above any score
    /// is the same as if only boxes above it had been there.
    /// </summary>
    /// <param name="picture">The picture.</param>
    /// <param name="found">What was found.</param>
    /// <param name="fit">From its boxes to those of the picture.</param>
    public static PictureMatch Of(FinderPicture picture, IEnumerable<FoundFace> found, BoxFit fit)
    {
        var scores = new float?[picture.Faces.Count];
        var wrong = new List<FoundFace>();
        foreach (var face in found.OrderByDescending(face => face.Score))
        {
            var box = fit.Apply(face.Box);
            var best = Enumerable.Range(0, scores.Length)
                .Where(i => scores[i] is null && BoxOverlap.Of(picture.Faces[i].Box, box) >= Enough)
                .OrderByDescending(i => BoxOverlap.Of(picture.Faces[i].Box, box))
                .Cast<int?>().FirstOrDefault();
            if (best is { } index)
            {
                scores[index] = face.Score;
            }
            else
            {
                wrong.Add(face with { Box = box });
            }
        }

        return new(picture.Name, [.. picture.Faces.Zip(scores, (face, score) => new SoughtFace(face, score)).Where(sought => sought.Face.Counts)], wrong);
    }
}
