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

    /// <summary>
    /// What the patch shows, where it is not the box: the frame of a second look, in image pixels. The patch is cut along the
    /// picture; the frame is turned in it.
    /// </summary>
    public FaceFrame? Frame { get; init; }

    /// <summary>The landmarks as a network sees them: in units of the frame, or of the box where there is none.</summary>
    public FaceLandmarks SeenLandmarks => Frame is { } frame ? Landmarks.Map(point => frame.ToFrame(Box.ToImage(point))) : Landmarks;

    /// <summary>Side of what a network sees, in box widths.</summary>
    public double SeenSide => Frame is { } frame ? (double)frame.Side / Box.Side : 1;
}
