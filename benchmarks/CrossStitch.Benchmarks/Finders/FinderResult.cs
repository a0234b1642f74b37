namespace CrossStitch.Benchmarks.Finders;

/// <summary>What a finder did.</summary>
/// <param name="Entry">The finder, with its fit.</param>
/// <param name="Raw">On the archive's test pictures, with its boxes as they are.</param>
/// <param name="Fitted">On the same, with its boxes taken to those of the file.</param>
/// <param name="Sizes">On the same, scaled so that all boxes have one side.</param>
/// <param name="Groups">On photos with several faces.</param>
/// <param name="Scenes">On photographed scenes and textures without faces.</param>
/// <param name="Graphics">On drawings, texts and patterns without faces.</param>
/// <param name="Milliseconds">A photo of 640 × 480 takes so long: the median, the least and the most of some rounds.</param>
internal sealed record FinderResult(
    FinderEntry Entry,
    FinderScores Raw,
    FinderScores Fitted,
    IReadOnlyList<(float Side, FinderScores Scores)> Sizes,
    FinderScores Groups,
    FinderScores Scenes,
    FinderScores Graphics,
    (double Median, double Least, double Most) Milliseconds);
