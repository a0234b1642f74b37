namespace CrossStitch.Faces.Training.Measures;

/// <summary>How well the points of faces of one pose are read.</summary>
/// <param name="Pose">The pose, such as <c>-60°</c>.</param>
/// <param name="Faces">How many faces.</param>
/// <param name="Error">Mean over the faces of their mean distance of the points, as a share of the distance between the true eyes; NaN without faces.</param>
/// <param name="FailureRate">Share of the faces above <see cref="FaceMeasures.InterOcularFailureThreshold"/>; NaN without faces.</param>
public sealed record PoseError(string Pose, int Faces, double Error, double FailureRate);
