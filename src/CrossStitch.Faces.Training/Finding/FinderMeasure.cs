using CrossStitch.Faces.Finding;

namespace CrossStitch.Faces.Training.Finding;

/// <summary>How well a finder finds: at each threshold the share of annotated faces found, and the false boxes an image.</summary>
/// <param name="Photos">How many photos, with one annotated face each.</param>
/// <param name="Found">By annotated face: the score of the box that found it (overlap of 0.5 or more); 0 where none did.</param>
/// <param name="False">The scores of all boxes that are no known face.</param>
public sealed record FinderMeasure(int Photos, IReadOnlyList<float> Found, IReadOnlyList<float> False)
{
    /// <summary>Overlap (intersection over union) with the annotated box from which on a face is found.</summary>
    public const float FoundOverlap = 0.5f;

    /// <summary>What is searched for: all faces from 24 pixels on, and all that the finder is not sure of.</summary>
    public static FinderOptions Searched { get; } = new() { SmallestFace = 24, MinimumScore = 0.05f };

    /// <summary>Share of faces found.</summary>
    /// <param name="threshold">Boxes of a lower score are not counted.</param>
    public double Recall(float threshold) => (double)Found.Count(score => score > 0 && score >= threshold) / Photos;

    /// <summary>False boxes an image.</summary>
    /// <param name="threshold">Boxes of a lower score are not counted.</param>
    public double FalseBoxes(float threshold) => (double)False.Count(score => score >= threshold) / Photos;

    /// <summary>The lowest threshold with at most so many false boxes an image.</summary>
    /// <param name="falseBoxes">False boxes an image.</param>
    /// <param name="least">It is not below this.</param>
    public float ThresholdFor(double falseBoxes, float least = 0)
    {
        var sorted = False.OrderDescending().ToArray();
        var allowed = (int)(falseBoxes * Photos);
        return MathF.Max(least, sorted.Length > allowed ? MathF.BitIncrement(sorted[allowed]) : 0);
    }

    /// <summary>Measures.</summary>
    /// <param name="finder">The finder.</param>
    /// <param name="photos">The photos.</param>
    /// <param name="options">How it searches; scores from low ones on are wanted.</param>
    /// <param name="cancellation">Stops it.</param>
    internal static FinderMeasure Of(IFaceFinder finder, IReadOnlyList<FinderPhoto> photos, FinderOptions options, CancellationToken cancellation)
    {
        var found = new float[photos.Count];
        var wrong = new List<float>[photos.Count];
        Parallel.For(0, photos.Count, new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount }, i =>
        {
            wrong[i] = [];
            foreach (var face in finder.Find(photos[i].Pixels, options, cancellation))
            {
                if (BoxOverlap.Of(face.Box, photos[i].Box) >= FoundOverlap)
                {
                    found[i] = MathF.Max(found[i], face.Score);
                }
                else if (photos[i].Overlap(face.Box) < FoundOverlap)
                {
                    wrong[i].Add(face.Score);
                }
            }
        });
        return new FinderMeasure(photos.Count, found, [.. wrong.SelectMany(scores => scores)]);
    }
}
