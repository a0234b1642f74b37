namespace CrossStitch.Faces.Finding;

/// <summary>Which faces are looked for.</summary>
public sealed record FinderOptions
{
    /// <summary>The least that <see cref="SmallestFace"/> can be: smaller faces are a few pixels of noise.</summary>
    public const float LeastSide = 8;

    private const float MostSide = 1_000_000;

    /// <summary>The side of the smallest box, in pixels of the photo, give or take 15 %. Half as small takes four times as long.</summary>
    public float SmallestFace { get; init; } = 40;

    /// <summary>The side of the largest box, in pixels of the photo, give or take 15 %; any by default.</summary>
    public float LargestFace { get; init; } = float.PositiveInfinity;

    /// <summary>Faces of a lower score are left out; null for the finder's own threshold.</summary>
    public float? MinimumScore { get; init; }

    /// <summary>The most faces, the surest ones.</summary>
    public int MostFaces { get; init; } = 1000;

    /// <summary>Checks that each option makes sense.</summary>
    /// <exception cref="ArgumentException">One does not.</exception>
    internal void Validate()
    {
        if (!(SmallestFace >= LeastSide && SmallestFace <= MostSide && LargestFace >= SmallestFace))
        {
            throw new ArgumentException($"Faces from {SmallestFace} to {LargestFace} pixels: the smallest must be from {LeastSide} to {MostSide}, the largest not below it.");
        }

        if (MinimumScore is not (null or (>= 0 and <= 1)))
        {
            throw new ArgumentException($"A minimum score of {MinimumScore}: it must be from 0 to 1.");
        }

        if (MostFaces < 1)
        {
            throw new ArgumentException($"At most {MostFaces} faces: it must be at least one.");
        }
    }
}
