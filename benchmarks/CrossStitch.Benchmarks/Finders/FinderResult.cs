namespace CrossStitch.Benchmarks.Finders;

/// <summary>What a finder did.</summary>
/// <param name="entry">The finder.</param>
/// <param name="finds">What it found.</param>
/// <param name="milliseconds">A photo of 640 × 480 takes so long: the median, the least and the most of some rounds.</param>
internal sealed class FinderResult(FinderEntry entry, FinderFinds finds, (double Median, double Least, double Most) milliseconds)
{
    /// <summary>The finder, with its fit.</summary>
    public FinderEntry Entry { get; } = entry with { Fit = finds.Fit };

    /// <summary>On the archive's test pictures, with its boxes as they are.</summary>
    public FinderScores Raw { get; } = new(finds.Raw);

    /// <summary>On the same, with its boxes taken to those of the file.</summary>
    public FinderScores Fitted { get; } = new(finds.Fitted);

    /// <summary>On the same, scaled so that all boxes have one side.</summary>
    public IReadOnlyList<(float Side, FinderScores Scores)> Sizes { get; } = [.. finds.Sizes.Select(size => (size.Side, new FinderScores(size.Matches)))];

    /// <summary>On photos with several faces.</summary>
    public FinderScores Groups { get; } = new(finds.Groups);

    /// <summary>On photographed scenes and textures without faces.</summary>
    public FinderScores Scenes { get; } = new(finds.Scenes);

    /// <summary>On drawings, texts and patterns without faces.</summary>
    public FinderScores Graphics { get; } = new(finds.Graphics);

    /// <summary>A photo of 640 × 480 takes so long: the median, the least and the most of some rounds.</summary>
    public (double Median, double Least, double Most) Milliseconds { get; } = milliseconds;
}
