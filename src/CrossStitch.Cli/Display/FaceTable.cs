using System.Globalization;
using CrossStitch.Cli.Photos;
using CrossStitch.Experiments.Reports;
using CrossStitch.Faces.Reading;

namespace CrossStitch.Cli.Display;

/// <summary>Faces for a person to read: a line a face, in columns that are known before the first one.</summary>
internal sealed class FaceTable : IFaceFormat
{
    private const string NoFace = "no face found";

    /// <inheritdoc/>
    public string Head => Line("left", "top", "side", "score", "pose", "gender", "glasses", "smile", "photo");

    /// <inheritdoc/>
    public IEnumerable<string> Lines(ReadPhoto photo)
    {
        var name = ShownText.Of(photo.Name);
        return photo.Faces.Count == 0 ? [$"{NoFace,-73}  {name}"] : photo.Faces.Select(face => Line(
            Whole(face.Box.Left),
            Whole(face.Box.Top),
            Whole(face.Box.Side),
            face.Score.ToString("0.00", CultureInfo.InvariantCulture),
            Cell(face.Pose, pose => $"{30 * (pose - HeadPose.Frontal)}°"),
            Cell(face.Gender, FaceWords.Of),
            Cell(face.Glasses, YesNo),
            Cell(face.Smile, YesNo),
            name));
    }

    private static string Line(string left, string top, string side, string score, string pose, string gender, string glasses, string smile, string photo) =>
        $"{left,6}{top,7}{side,7}{score,7}   {pose,-10}{gender,-13}{glasses,-10}{smile,-10}  {photo}";

    private static string Whole(float pixels) => MathF.Round(pixels).ToString("0", CultureInfo.InvariantCulture);

    private static string Cell<T>(Prediction<T>? prediction, Func<T, string> words)
        where T : struct =>
        prediction is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{words(prediction.Value)} {100 * prediction.Probability:0} %");

    private static string YesNo(bool value) => value ? "yes" : "no";
}
