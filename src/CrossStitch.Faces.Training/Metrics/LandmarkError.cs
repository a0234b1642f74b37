namespace CrossStitch.Faces.Training.Metrics;

/// <summary>How far predictions are off, over a set of faces: for one landmark, or for a face's five together.</summary>
/// <param name="MeanError">Distance in box widths, averaged over faces (section 4.2).</param>
/// <param name="FailureRate">
/// Share of faces (0..1) whose error is above <see cref="LandmarkEvaluation.FailureThreshold"/> box widths.
/// </param>
/// <param name="InterOcularError">
/// Distance in inter-ocular distances, averaged over the faces that have one; null if none has
/// (<see cref="LandmarkEvaluation.MinimumInterOcularDistance"/>).
/// </param>
/// <param name="InterOcularFailureRate">
/// Share of those faces whose error is above <see cref="LandmarkEvaluation.InterOcularFailureThreshold"/>
/// inter-ocular distances; null if none has one.
/// </param>
public sealed record LandmarkError(double MeanError, double FailureRate, double? InterOcularError, double? InterOcularFailureRate);
