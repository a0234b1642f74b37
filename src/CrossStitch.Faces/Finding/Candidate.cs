namespace CrossStitch.Faces.Finding;

/// <summary>What the finder's network predicts at one place and scale.</summary>
/// <param name="Box">The box, in pixels of the photo.</param>
/// <param name="Score">0 to 1.</param>
/// <param name="Points">x1..x5, y1..y5, in pixels of the photo.</param>
/// <param name="Input">The square that the network saw, in pixels of the photo.</param>
internal sealed record Candidate(FaceBox Box, float Score, float[] Points, FaceBox Input);
