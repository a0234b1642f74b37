using System.Globalization;
using CrossStitch.Cli.Photos;
using CrossStitch.Experiments.Data;
using CrossStitch.Faces;
using CrossStitch.Faces.Reading;

namespace CrossStitch.Cli.Display;

/// <summary>Faces for a table calculation: a row a face. A photo without faces has none.</summary>
internal sealed class FaceCsv : IFaceFormat
{
    private static readonly Landmark[] Landmarks = Enum.GetValues<Landmark>();

    /// <inheritdoc/>
    public string Head => Row([
        "photo", "left", "top", "side", "score",
        .. Landmarks.SelectMany(landmark => new[] { $"{FaceWords.Of(landmark)}-x", $"{FaceWords.Of(landmark)}-y" }),
        "pose", "pose-probability", "gender", "gender-probability", "glasses", "glasses-probability", "smile", "smile-probability",
    ]);

    /// <inheritdoc/>
    public bool ListsEveryPhoto => false;

    /// <inheritdoc/>
    public IEnumerable<string> Lines(ReadPhoto photo) => photo.Faces.Select(face => Row([
        photo.Name, Number(face.Box.Left), Number(face.Box.Top), Number(face.Box.Side), Number(face.Score),
        .. Landmarks.SelectMany(landmark => new[] { Number(face.Landmarks[landmark].X), Number(face.Landmarks[landmark].Y) }),
        .. Cells(face.Pose, FaceWords.Of), .. Cells(face.Gender, FaceWords.Of), .. Cells(face.Glasses, YesNo), .. Cells(face.Smile, YesNo),
    ]));

    private static string Row(IEnumerable<string> cells) => Csv.Text(cells, []).TrimEnd('\n');

    private static string[] Cells<T>(Prediction<T>? prediction, Func<T, string> words)
        where T : struct => prediction is null ? ["", ""] : [words(prediction.Value), Number(prediction.Probability)];

    private static string Number(float number) => number.ToString("R", CultureInfo.InvariantCulture);

    private static string YesNo(bool value) => value ? "yes" : "no";
}
