namespace CrossStitch.Faces.Training.Paper;

/// <summary>
/// Every result that the paper's text states as a number. Its figures are bars without numbers, so what is only drawn
/// is not here. The paper has one run a network, so none of these has an interval.
/// </summary>
public static class PaperValues
{
    /// <summary>Four convolutions come before it.</summary>
    private const int LastLayer = 4;

    private const string Split =
        "the base line failure in left eye detection is 0.186 whereas the failure in left eye detection when splitting for gender, smile, glasses, pose, and all attribute classification is 0.376, 0.317, 0.3015, 0.270, and 0.306, respectively";

    private const string Related =
        "failure in the left eye landmark detection with the Cross-stitch Network is 0.378 whereas the failure with the Weight regularized Network with Cross-stitch is 0.250";

    private const string Stayed = "After training has been completed, most α_S and α_D values stayed around 0.9 and 0.1, respectively.";

    private const string Last =
        "the α_S and α_D in the last fully connected layer of the network for the attribute classification tasks updated to around 4 and 1, respectively";

    private const string Scales =
        "in the FL+all case, the parameters a are 0.56633, 0.712272, 0.733182, 0.718621, and 0.768055 from the first layer to the last";

    private const string Shifts = "the weight's scalar parameters b generally stay around 0";

    /// <summary>All of them, in the order of the text.</summary>
    public static IReadOnlyList<PaperValue> All { get; } =
    [
        LeftEyeFailure("single", 0.186, "6.1", Split),
        LeftEyeFailure("split-gender", 0.376, "6.1", Split),
        LeftEyeFailure("split-smile", 0.317, "6.1", Split),
        LeftEyeFailure("split-glasses", 0.3015, "6.1", Split),
        LeftEyeFailure("split-pose", 0.270, "6.1", Split),
        LeftEyeFailure("split-all", 0.306, "6.1", Split),
        LeftEyeFailure("cross-stitch-all", 0.378, "6.2", Related),
        LeftEyeFailure("related-cross-stitch-all", 0.250, "6.2", Related),
        Coefficient(PaperQuantity.SameTaskCoefficient, 0.9, Stayed),
        Coefficient(PaperQuantity.OtherTaskCoefficient, 0.1, Stayed),
        Coefficient(PaperQuantity.LastSameTaskCoefficient, 4, Last, LastLayer),
        Coefficient(PaperQuantity.LastOtherTaskCoefficient, 1, Last, LastLayer),
        Scale(0, 0.56633),
        Scale(1, 0.712272),
        Scale(2, 0.733182),
        Scale(3, 0.718621),
        Scale(LastLayer, 0.768055),
        Coefficient(PaperQuantity.RelationShift, 0, Shifts),
    ];

    /// <summary>The failure rate that the paper states; null if it states none.</summary>
    /// <param name="variant">Of which network.</param>
    /// <param name="landmark">Of which landmark.</param>
    public static double? FailureRate(string variant, Landmark landmark) =>
        All.FirstOrDefault(value => value.Quantity == PaperQuantity.FailureRate && value.Variant == variant && value.Landmark == landmark)?.Value;

    private static PaperValue LeftEyeFailure(string variant, double value, string section, string quote) =>
        new(variant, PaperQuantity.FailureRate, Landmark.LeftEye, null, value, section, quote);

    private static PaperValue Coefficient(PaperQuantity quantity, double value, string quote, int? layer = null) =>
        new(null, quantity, null, layer, value, "6.3", quote);

    private static PaperValue Scale(int layer, double value) =>
        new("related-cross-stitch-all", PaperQuantity.RelationScale, null, layer, value, "6.3", Scales);
}
