namespace CrossStitch.Benchmarks.Finders;

/// <summary>What a finder found where all faces have one size.</summary>
/// <param name="Side">The side of their boxes.</param>
/// <param name="Matches">Picture by picture.</param>
internal sealed record SizeFinds(float Side, IReadOnlyList<PictureMatch> Matches);
