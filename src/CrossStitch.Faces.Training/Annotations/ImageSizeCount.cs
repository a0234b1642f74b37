namespace CrossStitch.Faces.Training.Annotations;

/// <summary>How many pictures have a size.</summary>
/// <param name="Width">Pixels across.</param>
/// <param name="Height">Pixels down.</param>
/// <param name="Count">How many.</param>
public sealed record ImageSizeCount(int Width, int Height, int Count);
