namespace CrossStitch.Faces.Training.Annotations;

/// <summary>
/// A coordinate as MTFL's files have it and as this library has it. MTFL counts pixels from 1, at their centres, as MATLAB
/// does: 1 is the middle of the first pixel. Here a picture begins at 0, at its edge, and that point is at 0.5.
/// </summary>
/// <remarks>
/// The layout's description does not say so; its training faces do, for x. A network that treats a face and its mirror image
/// alike cannot lean to a side, yet with the coordinates taken from the edge its points lie half a pixel left of those
/// annotated in the pictures of LFW. That y is counted alike is taken for granted. docs/results.md has the measurement.
/// </remarks>
internal static class MtflCoordinate
{
    /// <summary>Where MTFL's coordinate 0 lies, in pixels from the picture's edge.</summary>
    private const double Origin = -0.5;

    /// <summary>In pixels from the picture's left or top edge.</summary>
    /// <param name="written">The number in the file.</param>
    public static float Read(double written) => (float)(written + Origin);

    /// <summary>As the file has it; <see cref="Read"/> gives the same coordinate again, to the bit from a millionth of a pixel on.</summary>
    /// <param name="coordinate">In pixels from the picture's left or top edge.</param>
    public static double Write(float coordinate) => coordinate - Origin;
}
