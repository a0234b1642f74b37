namespace CrossStitch.Faces.Training.Boxes;

/// <summary>Where the boxes of a set of faces came from.</summary>
/// <param name="Detector">Faces with a detector's box.</param>
/// <param name="Reference">Faces with a reference box.</param>
/// <param name="Mismatched">Of the reference boxes, those of pictures in which the detector found only other faces.</param>
public sealed record BoxCounts(int Detector, int Reference, int Mismatched);
