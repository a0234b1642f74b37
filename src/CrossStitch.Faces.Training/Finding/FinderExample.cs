namespace CrossStitch.Faces.Training.Finding;

/// <summary>One input of a finder.</summary>
/// <param name="Pixels">Gray levels, row by row.</param>
/// <param name="Box">What the box head is to predict; empty for a background.</param>
/// <param name="Points">What the landmark head is to predict; empty for a background.</param>
internal sealed record FinderExample(byte[] Pixels, float[] Box, float[] Points)
{
    /// <summary>Whether there is a face in it.</summary>
    public bool IsFace => Box.Length > 0;
}
