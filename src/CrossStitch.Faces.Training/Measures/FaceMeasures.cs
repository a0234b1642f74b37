using CrossStitch.Experiments.Scores;
using CrossStitch.Faces.Training.Annotations;
using CrossStitch.Faces.Training.Data;

namespace CrossStitch.Faces.Training.Measures;

/// <summary>
/// Landmark errors by box width, as in section 4.2 of the paper, and by inter-ocular distance, as in the TCDCN literature; and
/// the accuracies of attributes. The inter-ocular distance is that of the true points.
/// </summary>
public static class FaceMeasures
{
    /// <summary>An error above this many box widths is a failure (section 4.2).</summary>
    public const double FailureThreshold = 0.05;

    /// <summary>An error above this many inter-ocular distances is a failure (TCDCN).</summary>
    public const double InterOcularFailureThreshold = 0.10;

    /// <summary>
    /// Box widths; true eyes closer than this give no inter-ocular error: a full profile whose eyes coincide has no scale to
    /// divide by.
    /// </summary>
    public const double MinimumInterOcularDistance = 0.02;

    /// <summary>Box widths; where the area under the cumulative error curve ends.</summary>
    public const double CurveLimit = 0.10;

    /// <summary>A face's error: the mean over its five landmarks, in box widths.</summary>
    public const string MeanError = "mean_error";

    /// <summary>Share of faces whose error is above <see cref="FailureThreshold"/>.</summary>
    public const string FailureRate = "failure_rate";

    /// <summary>A face's error in inter-ocular distances.</summary>
    public const string InterOcularError = "inter_ocular_error";

    /// <summary>Share of faces above <see cref="InterOcularFailureThreshold"/>.</summary>
    public const string InterOcularFailureRate = "inter_ocular_failure_rate";

    /// <summary>
    /// The area under the cumulative error curve up to <see cref="CurveLimit"/>, divided by it: 1 if every error is zero. A face
    /// of error e adds a step from e onwards, so it is exactly the mean of max(0, limit − e) / limit.
    /// </summary>
    public const string CurveArea = "curve_area";

    private const int Overall = -1;

    /// <summary>All of them; the first is the main one.</summary>
    public static IReadOnlyList<Measure> All { get; } =
    [
        .. OfPoint(Overall, "", "") is var overall ? new[]
        {
            overall[0] with { IsCompared = true, IsWatched = true, CurveLimit = CurveLimit, FailureThreshold = FailureThreshold },
            overall[1] with { IsCompared = true },
            overall[2],
            overall[3],
        } : [],
        new Measure(CurveArea, "area under the cumulative error curve", FaceTasks.Landmarks, face => Math.Max(0, CurveLimit - Error(face, Overall)) / CurveLimit) { HigherIsBetter = true, Digits = 3 },
        .. Enum.GetValues<Landmark>().SelectMany(landmark => OfPoint((int)landmark, $"{NameOf(landmark)}_", $"{LandmarkNames.Of(landmark)} ")),
        .. FaceAttribute.All.SelectMany(OfAttribute),
    ];

    /// <summary>The name of a landmark's measure, such as <c>left_eye_error</c>.</summary>
    /// <param name="landmark">Which landmark.</param>
    /// <param name="measure">The name of the measure of all five; <see cref="MeanError"/> is called <c>error</c> of one.</param>
    public static string Of(Landmark landmark, string measure) => $"{NameOf(landmark)}_{(measure == MeanError ? "error" : measure)}";

    /// <summary>The name of an attribute's accuracy.</summary>
    /// <param name="attribute">Which attribute.</param>
    public static string Accuracy(FaceAttribute attribute) => $"{attribute.Name}_accuracy";

    /// <summary>The name of the mean over an attribute's classes of the share of each predicted right.</summary>
    /// <param name="attribute">Which attribute.</param>
    public static string BalancedAccuracy(FaceAttribute attribute) => $"{attribute.Name}_balanced_accuracy";

    private static string NameOf(Landmark landmark) => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(landmark.ToString());

    private static Measure[] OfPoint(int point, string name, string title) =>
    [
        new(point == Overall ? MeanError : $"{name}error", point == Overall ? "mean error" : $"{title}error", FaceTasks.Landmarks, face => Error(face, point))
        {
            Factor = 100, Unit = "% of the box width",
        },
        new($"{name}{FailureRate}", $"{title}failure rate", FaceTasks.Landmarks, face => Error(face, point) > FailureThreshold ? 1 : 0)
        {
            Factor = 100, Digits = 1, Unit = "% of faces", DifferenceUnit = "percentage points",
        },
        new($"{name}{InterOcularError}", $"{title}inter-ocular error", FaceTasks.Landmarks, face => Error(face, point) / Eyes(face))
        {
            Factor = 100, Unit = "% of the distance between the eyes",
        },
        new($"{name}{InterOcularFailureRate}", $"{title}inter-ocular failure rate", FaceTasks.Landmarks, face => Eyes(face) is var eyes && double.IsNaN(eyes) ? double.NaN : Error(face, point) / eyes > InterOcularFailureThreshold ? 1 : 0)
        {
            Factor = 100, Digits = 1, Unit = "% of faces", DifferenceUnit = "percentage points",
        },
    ];

    private static Measure[] OfAttribute(FaceAttribute attribute)
    {
        var accuracy = new Measure(Accuracy(attribute), $"{attribute.Name} accuracy", attribute.Name, face => CrossStitch.Tasks.ClassificationTask.LikeliestClass(face.Output(attribute.Name)) == (int)face.Label(attribute.Name)[0] ? 1 : 0)
        {
            HigherIsBetter = true,
            IsWatched = true,
            Factor = 100,
            Digits = 1,
            Unit = "%",
            DifferenceUnit = "percentage points",
        };
        return [accuracy, accuracy with { Name = BalancedAccuracy(attribute), Title = $"{attribute.Name} balanced accuracy", Column = accuracy.Name, BalancedBy = attribute.Name, IsWatched = false }];
    }

    /// <summary>How far a landmark is off, or on average all five, in box widths.</summary>
    private static double Error(ExampleResult face, int point)
    {
        var guess = face.Output(FaceTasks.Landmarks);
        var truth = face.Label(FaceTasks.Landmarks);
        if (point != Overall)
        {
            return Distance(guess, point, truth, point) * face.Unit;
        }

        var sum = 0.0;
        for (var i = 0; i < FaceLandmarks.Count; i++)
        {
            sum += Distance(guess, i, truth, i) / FaceLandmarks.Count;
        }

        return sum * face.Unit;
    }

    /// <summary>The distance between the true eyes, in box widths; NaN where it is no scale.</summary>
    private static double Eyes(ExampleResult face)
    {
        var truth = face.Label(FaceTasks.Landmarks);
        var distance = Distance(truth, (int)Landmark.LeftEye, truth, (int)Landmark.RightEye) * face.Unit;
        return distance >= MinimumInterOcularDistance ? distance : double.NaN;
    }

    private static double Distance(ReadOnlySpan<float> a, int i, ReadOnlySpan<float> b, int j)
    {
        double x = a[i] - b[j];
        double y = a[FaceLandmarks.Count + i] - b[FaceLandmarks.Count + j];
        return Math.Sqrt((x * x) + (y * y));
    }
}
