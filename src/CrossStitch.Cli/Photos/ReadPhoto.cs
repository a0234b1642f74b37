using CrossStitch.Faces.Reading;

namespace CrossStitch.Cli.Photos;

/// <summary>What came of a photo.</summary>
/// <param name="Name">How it is called.</param>
/// <param name="Width">Pixels in a row, as it is to be seen.</param>
/// <param name="Height">Rows.</param>
/// <param name="Faces">Its faces, the surest first.</param>
internal sealed record ReadPhoto(string Name, int Width, int Height, IReadOnlyList<Face> Faces);
