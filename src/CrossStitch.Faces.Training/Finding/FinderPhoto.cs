namespace CrossStitch.Faces.Training.Finding;

/// <summary>A photo that a finder learns from or is measured on.</summary>
/// <param name="Name">Its name in the archive.</param>
/// <param name="Image">Its gray levels, shrunk where it was large.</param>
/// <param name="Box">The annotated face's box, in pixels of <paramref name="Image"/>.</param>
/// <param name="Landmarks">The annotated face's points, likewise.</param>
/// <param name="Turned">How far its head is turned: 0 for a frontal face, 1 for one of ±30°, 2 for one of ±60°.</param>
/// <param name="OtherBoxes">What else a detector took for a face: neither a face to be found nor background.</param>
internal sealed record FinderPhoto(string Name, GrayImage Image, FaceBox Box, FaceLandmarks Landmarks, int Turned, IReadOnlyList<FaceBox> OtherBoxes)
{
    /// <summary>A picture without any face.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="image">Its gray levels.</param>
    public static FinderPhoto WithoutFace(string name, GrayImage image) => new(name, image, new FaceBox(0, 0, 0, BoxSource.Reference), FaceLandmarks.FromNumbers(new float[FaceLandmarks.Numbers]), 0, []);

    /// <summary>Whether it has an annotated face.</summary>
    public bool HasFace => Box.Side > 0;

    /// <summary>All its pixels.</summary>
    public PhotoPixels Pixels => Image.Pixels;

    /// <summary>The most that a box overlaps any known face.</summary>
    /// <param name="box">The box.</param>
    public float Overlap(FaceBox box)
    {
        var most = Faces.Finding.BoxOverlap.Of(box, Box);
        foreach (var other in OtherBoxes)
        {
            most = MathF.Max(most, Faces.Finding.BoxOverlap.Of(box, other));
        }

        return most;
    }
}
