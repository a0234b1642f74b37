using OwnFinder;

namespace CrossStitch.Benchmarks.Finders;

/// <summary>All that a finder found, picture by picture: what a cache keeps.</summary>
/// <param name="Key">What it depends on: the finder's model and settings, and the pictures.</param>
/// <param name="Fit">From the finder's boxes to those of the file.</param>
/// <param name="Raw">In the archive's test pictures, with its boxes as they are.</param>
/// <param name="Fitted">In the same, with its boxes taken to those of the file.</param>
/// <param name="Sizes">In the same, scaled so that all boxes have one side.</param>
/// <param name="Groups">In photos with several faces.</param>
/// <param name="Scenes">In photographed scenes and textures without faces.</param>
/// <param name="Graphics">In drawings, texts and patterns without faces.</param>
internal sealed record FinderFinds(
    string Key,
    BoxFit Fit,
    IReadOnlyList<PictureMatch> Raw,
    IReadOnlyList<PictureMatch> Fitted,
    IReadOnlyList<SizeFinds> Sizes,
    IReadOnlyList<PictureMatch> Groups,
    IReadOnlyList<PictureMatch> Scenes,
    IReadOnlyList<PictureMatch> Graphics);
