namespace CrossStitch.Faces.Training.Crops;

/// <summary>How far reading faces has come.</summary>
/// <param name="Done">Faces done.</param>
/// <param name="Total">Faces in all.</param>
public readonly record struct LoadProgress(int Done, int Total);
