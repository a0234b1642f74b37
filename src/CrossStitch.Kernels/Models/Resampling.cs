namespace CrossStitch.Kernels.Models;

/// <summary>How the pixels of a region become as many as an input has. docs/model-file.md has the formulas.</summary>
public enum Resampling
{
    /// <summary>The pixel in which the centre of the input's pixel lies.</summary>
    Nearest,

    /// <summary>From the four pixels around the centre of the input's pixel, however many pixels lie between two centres.</summary>
    Bilinear,

    /// <summary>
    /// By a tent along columns and rows, as wide as two pixels of the picture or of the input, whichever are larger:
    /// bilinear where the region is enlarged, and without aliases where it is made smaller.
    /// </summary>
    Tent,
}
