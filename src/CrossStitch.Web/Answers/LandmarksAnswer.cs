using System.Text.Json.Serialization;
using CrossStitch.Faces;

namespace CrossStitch.Web.Answers;

/// <summary>The five points of a face: x and y each, in pixels of the photo. Left and right as they are in the picture.</summary>
/// <param name="LeftEye">The eye on the left.</param>
/// <param name="RightEye">The eye on the right.</param>
/// <param name="Nose">The nose's tip.</param>
/// <param name="LeftMouthCorner">The mouth's corner on the left.</param>
/// <param name="RightMouthCorner">The mouth's corner on the right.</param>
public sealed record LandmarksAnswer(
    [property: JsonPropertyName("left-eye")] float[] LeftEye,
    [property: JsonPropertyName("right-eye")] float[] RightEye,
    [property: JsonPropertyName("nose")] float[] Nose,
    [property: JsonPropertyName("left-mouth-corner")] float[] LeftMouthCorner,
    [property: JsonPropertyName("right-mouth-corner")] float[] RightMouthCorner)
{
    internal static LandmarksAnswer Of(FaceLandmarks landmarks) => new(
        Of(landmarks.LeftEye), Of(landmarks.RightEye), Of(landmarks.Nose), Of(landmarks.LeftMouthCorner), Of(landmarks.RightMouthCorner));

    private static float[] Of(FacePoint point) => [point.X, point.Y];
}
