namespace CrossStitch.Kernels.Models;

/// <summary>
/// How an input is cut from a picture, as data, so that whoever runs a network can do as those who trained it: the
/// region, with the margin, fills the input's rows and columns.
/// </summary>
/// <param name="Region">
/// The convention by which the region is found, by its name, such as <c>square-detector-box</c>: the square with the centre
/// of a detector's rectangle and its longer side.
/// </param>
/// <param name="Margin">Picture that the input shows beyond the region on every side, as a share of the region's side, <see cref="LeastMargin"/> to <see cref="LargestMargin"/>; below zero, it shows less.</param>
/// <param name="Resampling">How its pixels become the input's.</param>
/// <param name="Edges">What lies beyond the picture.</param>
public sealed record CropFormat(string Region, float Margin = 0, Resampling Resampling = Resampling.Tent, EdgeHandling Edges = EdgeHandling.Replicate)
{
    /// <summary>The least margin: a fifth of the region is left.</summary>
    public const float LeastMargin = -0.4f;

    /// <summary>The largest margin.</summary>
    public const float LargestMargin = 16;

    /// <summary>The region that is turned, scaled and shifted so that points found before lie as nearly as can be where <see cref="Points"/> says.</summary>
    public const string AlignedRegion = "square-aligned-by-points";

    /// <summary>The most points.</summary>
    public const int MostPoints = 1024;

    /// <summary>
    /// Where the points that an aligned region is fitted to lie in it, in units of its side from its left and top edges: every x,
    /// then every y; null for other regions.
    /// </summary>
    public IReadOnlyList<float>? Points { get; init; }
}
