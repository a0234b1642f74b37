namespace CrossStitch.Faces.Training.Measures;

/// <summary>How well a reader reads photos, by one protocol.</summary>
/// <param name="Protocol">Where the boxes come from.</param>
/// <param name="Faces">How many faces were read; those whose true eyes coincide are left out of the errors.</param>
/// <param name="Fallbacks">Faces that the protocol gave no box of its own: missed by the detector, or read from the middle of the picture instead of a find.</param>
/// <param name="Error">Mean over the faces of their mean distance of the five points, as a share of the distance between the true eyes.</param>
/// <param name="HalfWidth">Half of the 95 % interval of that mean, by the faces' spread alone: other training runs differ, too.</param>
/// <param name="FailureRate">Share of the faces above <see cref="FaceMeasures.InterOcularFailureThreshold"/>.</param>
/// <param name="BalancedAccuracy">By attribute, the mean over its classes of the share of each predicted right; of those that the reader predicts.</param>
/// <param name="ByPose">The same by the true pose.</param>
/// <param name="Offset">
/// How far the points that were read lie to the right of the annotated ones and below them, in pixels of the picture: the median over
/// the faces of the mean of their five points; 0 of none. A network that learns mirror images favours no side, so that an offset to a side is
/// one of the annotations: they may count pixels otherwise than MTFL does, or a picture was cut after it was annotated.
/// </param>
/// <param name="ErrorWithoutOffset">The error of the same points, moved back by it, which was taken from the same faces.</param>
public sealed record ReaderMeasure(
    BoxProtocol Protocol,
    int Faces,
    int Fallbacks,
    double Error,
    double HalfWidth,
    double FailureRate,
    IReadOnlyDictionary<string, double> BalancedAccuracy,
    IReadOnlyList<PoseError> ByPose,
    FacePoint Offset,
    double ErrorWithoutOffset);
