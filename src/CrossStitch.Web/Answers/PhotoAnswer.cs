namespace CrossStitch.Web.Answers;

/// <summary>The faces of a photo.</summary>
/// <param name="Width">Pixels in a row, as the photo is to be seen: turned as its EXIF says.</param>
/// <param name="Height">Rows.</param>
/// <param name="Faces">Its faces, the surest first.</param>
/// <param name="Model">What found and read them.</param>
/// <param name="Timings">What took how long.</param>
public sealed record PhotoAnswer(int Width, int Height, IReadOnlyList<FaceAnswer> Faces, ModelIds Model, TimingsAnswer Timings);
