using CrossStitch.Faces.Training.Annotations;

namespace CrossStitch.Faces.Training.Crops;

/// <summary>What is known of a cropped face besides its pixels.</summary>
/// <param name="ImagePath">Path of the picture inside its archive.</param>
/// <param name="Box">Where the face is in the picture.</param>
/// <param name="Landmarks">The five landmarks in box units (0..1 across the box; they may lie outside).</param>
/// <param name="Attributes">Its attributes.</param>
public sealed record FaceCrop(string ImagePath, FaceBox Box, FaceLandmarks Landmarks, FaceAttributes Attributes)
{
    /// <summary>The <see cref="GrayImage.ContentHash"/> of the whole picture, whatever the box; 0 where it is not known.</summary>
    public ulong Picture { get; init; }
}
