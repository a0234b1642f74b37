namespace CrossStitch.Faces.Training.Boxes;

/// <summary>A detector's rectangle, in image pixels.</summary>
/// <param name="X1">Left edge.</param>
/// <param name="Y1">Top edge.</param>
/// <param name="X2">Right edge.</param>
/// <param name="Y2">Bottom edge.</param>
/// <param name="Score">How sure the detector was; higher is surer.</param>
public readonly record struct DetectedBox(float X1, float Y1, float X2, float Y2, float Score)
{
    /// <summary>The square box of the rectangle: same centre, longer side.</summary>
    public FaceBox ToFaceBox() => FaceBox.FromRectangle(X1, Y1, X2, Y2, BoxSource.Detector);
}
