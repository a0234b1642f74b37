namespace CrossStitch.Faces.Finding;

/// <summary>A face that a finder found.</summary>
/// <param name="Box">The square around it, in pixels of the photo; it may leave the photo.</param>
/// <param name="Score">How sure the finder is: 0 to 1.</param>
/// <param name="Landmarks">Where the finder sees the five points, in pixels of the photo; null if it does not look for them.</param>
public sealed record FoundFace(FaceBox Box, float Score, FaceLandmarks? Landmarks = null);
