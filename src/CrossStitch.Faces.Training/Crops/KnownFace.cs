namespace CrossStitch.Faces.Training.Crops;

/// <summary>What a face is known by, see <see cref="SameFaces"/>.</summary>
/// <param name="Picture">The <see cref="GrayImage.ContentHash"/> of its picture; 0 where it is not known.</param>
/// <param name="Landmarks">Its landmarks, in image pixels.</param>
public sealed record KnownFace(ulong Picture, FaceLandmarks Landmarks)
{
    /// <summary>What a cropped face is known by.</summary>
    /// <param name="face">The face.</param>
    public static KnownFace Of(FaceCrop face) => new(face.Picture, face.Landmarks.Map(face.Box.ToImage));
}
