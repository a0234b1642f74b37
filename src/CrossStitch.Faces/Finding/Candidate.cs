namespace CrossStitch.Faces.Finding;

/// <summary>What the finder's network predicts at one place and scale.</summary>
/// <param name="Box">The box, in pixels of the photo.</param>
/// <param name="Score">0 to 1.</param>
/// <param name="Points">x1..x5, y1..y5, in pixels of the photo.</param>
/// <param name="Input">The square that the network saw.</param>
internal sealed record Candidate(FaceBox Box, float Score, float[] Points, FaceBox Input)
{
    /// <summary>What it is in the photo, where the network saw the mirror image.</summary>
    /// <param name="x">Where the mirror stands, in pixels of the photo.</param>
    public Candidate MirroredAt(float x)
    {
        var points = new float[FaceLandmarks.Numbers];
        FaceLandmarks.FromNumbers(Points).Map(point => point with { X = point.X - x }).Mirrored().Map(point => point with { X = point.X + x }).CopyTo(points);
        return this with { Box = Box with { CenterX = (2 * x) - Box.CenterX }, Points = points };
    }
}
